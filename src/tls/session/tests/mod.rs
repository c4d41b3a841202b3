//! Sessions against rustls' own buffered connections, and against each other.

mod alerts;
mod cuts;
mod endings;
mod every_step;
mod facts;
mod issuing;
mod kernel;
mod limits;
mod nonces;
mod pinning;
mod rig;
mod roots;
mod sealing;
mod verdicts;
