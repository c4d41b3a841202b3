//! The pages of `docs/` that make claims which the sources can prove: limits, budgets, pairs, the loop, the protocol ledger, dependencies. And how
//! all texts look.

mod copies_page;
mod dependencies;
mod ids;
mod known;
mod licence;
mod limits;
mod loop_page;
mod mutants;
mod pairs;
mod protocol;
mod table;
mod text;
mod ways;
