//! Sessions against rustls' own buffered connections, and against each other.

mod cuts;
mod endings;
mod facts;
mod limits;
mod rig;
mod sealing;
