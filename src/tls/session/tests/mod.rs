//! Sessions against rustls' own buffered connections, and against each other.

mod alerts;
mod cuts;
mod endings;
mod facts;
mod kernel;
mod limits;
mod nonces;
mod rig;
mod sealing;
mod verdicts;
