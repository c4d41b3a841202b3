//! Sessions against rustls' own buffered connections, and against each other.

mod alerts;
mod believing;
mod cuts;
mod endings;
mod facts;
mod kernel;
mod limits;
mod moments;
mod nonces;
mod pinning;
mod rig;
mod roots;
mod sealing;
mod verdicts;
