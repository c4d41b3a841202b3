//! The pages of `docs/` that make claims which the sources can prove: limits, budgets, pairs, the protocol ledger, dependencies. And how
//! all texts look.

mod dependencies;
mod ids;
mod known;
mod licence;
mod limits;
mod mutants;
mod pairs;
mod protocol;
mod table;
mod text;
mod ways;
