//! Happy Eyeballs version 2 (RFC 8305): which address of a host a client connects to next, when, and which attempt wins.
//!
//! ```text
//! planner.answer(Family::V6, &addresses, now);     planner.resolution_failed(Family::V4, error);      what the resolver says
//! planner.connected(index);                        planner.attempt_failed(index, error);              what became of attempts
//! match planner.next(now) {                        // after each of these calls, and at the time of Wait, until it says Wait
//!     Action::Connect(index) => …                  // start a connect to planner.address(index)
//!     Action::Cancel(index) => …                   // close that attempt
//!     Action::Wait(until) => …
//!     Action::Won(index) | Action::Failed(error) => …     // the end: nothing is in flight but the winner
//! }
//! ```
//!
//! The two families take turns, the preferred one first. A new attempt starts a delay after the one before it, and does not end that
//! one; a failure starts the next attempt at once. A success cancels all the others.
//!
//! Decides only: it resolves no name, opens no socket and reads no clock; time is an argument, in milliseconds of any clock that
//! does not go back. Allocates once, when it is made.

mod action;
mod attempt;
mod candidate;
mod candidates;
mod config;
mod family;
mod phase;
mod planner;
#[cfg(test)]
mod tests;

pub use action::Action;
pub use config::Config;
pub use family::Family;
pub use planner::Planner;
