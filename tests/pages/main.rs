//! The pages of `docs/` that make claims which the sources can prove: limits, budgets, pairs, the protocol ledger.

mod ids;
mod known;
mod limits;
mod pairs;
mod protocol;
mod table;
