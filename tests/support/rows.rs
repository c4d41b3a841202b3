//! The rows of the ledger as tests: one for each, named by its id, on whatever subject a test file has.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::support::case::Case;
use crate::support::markdown;
use crate::support::run::{Subject, run};

static CASES: LazyLock<Vec<Case>> = LazyLock::new(markdown::cases);

/// Runs all cases of the row that `test` is named after, and fails with all that is wrong.
pub fn check(subject: &mut dyn Subject, test: &str) {
    let id = row_id(test);
    let cases: Vec<&Case> = CASES.iter().filter(|case| case.row == id).collect();
    assert!(!cases.is_empty(), "{id} has no case");
    let built = cases.iter().filter(|case| case.is_built());
    let faults: Vec<String> = built.filter_map(|case| run(subject, case).err()).collect();
    assert!(faults.is_empty(), "{} of {} cases fail\n{}", faults.len(), cases.len(), faults.join("\n"));
}

/// `h1_chunk_03` is the test of `H1-CHUNK-03`.
fn row_id(test: &str) -> String {
    test.to_ascii_uppercase().replace('_', "-")
}

/// Gives what it is given, and the names of all rows as tests have them, to a macro.
macro_rules! for_rows {
    ($take:ident $($first:ident)?) => {
        $take! {
            [$($first)?]
            core_01 core_02 core_03 core_04
            h1_line_01 h1_line_02 h1_line_03 h1_line_04 h1_line_05 h1_line_06 h1_line_07 h1_line_08 h1_line_09 h1_line_10
            h1_line_11 h1_line_12
            h1_tgt_01 h1_tgt_02 h1_tgt_03 h1_tgt_04 h1_tgt_05 h1_tgt_06 h1_tgt_07 h1_tgt_08 h1_tgt_09 h1_tgt_10 h1_tgt_11
            h1_tgt_12 h1_tgt_13 h1_tgt_14 h1_tgt_15 h1_tgt_16 h1_tgt_17
            h1_field_01 h1_field_02 h1_field_03 h1_field_04 h1_field_05 h1_field_06 h1_field_07 h1_field_08 h1_field_09
            h1_field_10 h1_field_11
            h1_cl_01 h1_cl_02 h1_cl_03 h1_cl_04 h1_cl_05 h1_cl_06 h1_cl_07
            h1_te_01 h1_te_02 h1_te_03 h1_te_04 h1_te_05 h1_te_06 h1_te_07 h1_te_08 h1_te_09 h1_te_10 h1_te_11
            h1_chunk_01 h1_chunk_02 h1_chunk_03 h1_chunk_04 h1_chunk_05 h1_chunk_06 h1_chunk_07 h1_chunk_08 h1_chunk_09
            h1_chunk_10 h1_chunk_11 h1_chunk_12
            h1_trail_01 h1_trail_02 h1_trail_03 h1_trail_04
            h1_body_01 h1_body_02 h1_body_03 h1_body_04 h1_body_05 h1_body_06 h1_body_07 h1_body_08 h1_body_09 h1_body_10
            h1_rsp_01 h1_rsp_02 h1_rsp_03 h1_rsp_04 h1_rsp_05 h1_rsp_06
            h1_gen_01 h1_gen_02 h1_gen_03 h1_gen_04 h1_gen_05 h1_gen_06 h1_gen_07 h1_gen_08 h1_gen_09 h1_gen_10 h1_gen_11
            h1_gen_12 h1_gen_13
            h1_conn_01 h1_conn_02 h1_conn_03 h1_conn_04 h1_conn_05 h1_conn_06 h1_conn_07 h1_conn_08 h1_conn_09 h1_conn_10
            h1_conn_11 h1_conn_12 h1_conn_13 h1_conn_14 h1_conn_15 h1_conn_16 h1_conn_17
            h1_exp_01 h1_exp_02 h1_exp_03 h1_exp_04 h1_exp_05 h1_exp_06 h1_exp_07
            h1_upg_01 h1_upg_02 h1_upg_03 h1_upg_04 h1_upg_05 h1_upg_06 h1_upg_07 h1_upg_08 h1_upg_09 h1_upg_10 h1_upg_11
            h1_lim_01 h1_lim_02 h1_lim_03 h1_lim_04 h1_lim_05 h1_lim_06 h1_lim_07 h1_lim_08 h1_lim_09 h1_lim_10
            h1_time_01 h1_time_02 h1_time_03 h1_time_04 h1_time_05 h1_time_06
            ws_hss_01 ws_hss_02 ws_hss_03 ws_hss_04 ws_hss_05 ws_hss_06 ws_hss_07 ws_hss_08 ws_hss_09 ws_hss_10
            ws_hss_11 ws_hss_12
            ws_hsc_01 ws_hsc_02 ws_hsc_03 ws_hsc_04 ws_hsc_05 ws_hsc_06 ws_hsc_07 ws_hsc_08 ws_hsc_09 ws_hsc_10
            ws_frm_01 ws_frm_02 ws_frm_03 ws_frm_04 ws_frm_05 ws_frm_06 ws_frm_07 ws_frm_08 ws_frm_09 ws_frm_10 ws_frm_11 ws_frm_12
            ws_msg_01 ws_msg_02 ws_msg_03 ws_msg_04 ws_msg_05 ws_msg_06 ws_msg_07 ws_msg_08 ws_msg_09
            ws_ctl_01 ws_ctl_02 ws_ctl_03 ws_ctl_04 ws_ctl_05
            ws_close_01 ws_close_02 ws_close_03 ws_close_04 ws_close_05 ws_close_06 ws_close_07 ws_close_08 ws_close_09
            ws_close_10 ws_close_11 ws_close_12
            ws_ext_01 ws_ext_02 ws_ext_03 ws_ext_04 ws_ext_05 ws_ext_06 ws_ext_07 ws_ext_08 ws_ext_09 ws_ext_10
            ws_ext_11 ws_ext_12
            ws_pmd_01 ws_pmd_02 ws_pmd_03 ws_pmd_04 ws_pmd_05 ws_pmd_06 ws_pmd_07 ws_pmd_08 ws_pmd_09 ws_pmd_10
            ws_lim_01 ws_lim_02 ws_lim_03 ws_lim_04
        }
    };
}

/// The same of the rows about TLS, whose cases need a peer that speaks it.
macro_rules! for_tls_rows {
    ($take:ident $($first:ident)?) => {
        $take! {
            [$($first)?]
            tls_03 tls_04 tls_05 tls_06 tls_07
        }
    };
}

/// A test for every row: it calls the function named with the name of the test.
macro_rules! row_tests {
    ([$check:ident] $($name:ident)*) => {
        $(#[test]
        fn $name() {
            $check(stringify!($name));
        })*
    };
    ($check:ident) => {
        $crate::rows::for_rows! { row_tests $check }
    };
}
pub(crate) use {for_rows, for_tls_rows, row_tests};

macro_rules! names {
    ([] $($name:ident)*) => { [$(stringify!($name)),*] };
}

/// Every row that octets and calls can show has a test of its id here and a case, and every case is of a row. That the other rows have tests `tests/pages/protocol.rs` checks.
#[test]
fn rows_have_tests_and_cases() {
    let ledger: BTreeSet<String> = markdown::rows().into_iter().collect();
    let shown: BTreeSet<String> = ledger.iter().filter(|row| is_shown(row)).cloned().collect();
    let tests: BTreeSet<String> = for_rows! { names }.into_iter().chain(for_tls_rows! { names }).map(row_id).collect();
    let cases: BTreeSet<String> = CASES.iter().map(|case| case.row.clone()).collect();
    let none = |set: Vec<&String>| if set.is_empty() { "none".into() } else { format!("{set:?}") };
    let without_case = none(shown.difference(&cases).chain(shown.difference(&tests)).collect());
    let unknown = none(tests.union(&cases).filter(|row| !ledger.contains(*row)).collect());
    let without_test = none(cases.difference(&tests).collect());
    println!("{} rows, {} cases", ledger.len(), CASES.len());
    println!("rows without a test or a case: {without_case}\nnot in the ledger: {unknown}");
    println!("cases that no test runs: {without_test}");
    assert_eq!([&*without_case, &*unknown, &*without_test], ["none"; 3]);
}

/// Whether octets and calls can show a row. Rows about what fields and content mean are the codec's.
fn is_shown(row: &str) -> bool {
    ["CORE-", "H1-", "WS-"].iter().any(|area| row.starts_with(area)) && !row.starts_with("H1-SEM-")
}
