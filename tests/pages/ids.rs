//! The ids of ledger rows in the names of tests: `h1_te_05_to_07_codings` carries `H1-TE-05`, `-06` and `-07`.

use std::collections::BTreeSet;

/// The ids that a test's name begins with. `areas` are those of the ledger: `H1-TE`, `TLS`. The first id counts also where its area
/// is none of these, so that a wrong one is found.
pub fn ids(name: &str, areas: &BTreeSet<&str>) -> Vec<String> {
    let words = name.strip_prefix("test_").unwrap_or(name).split('_');
    let words: Vec<String> = words.map(str::to_ascii_uppercase).collect();
    let mut out = Vec::new();
    let Some((mut area, mut at)) = first_area(&words, areas) else { return out };
    out.push(format!("{area}-{}", words[at]));
    at += 1;
    while let Some((next_area, next)) = following(&words[at..], &area, areas) {
        let is_range = words[at] == "TO" && next_area == area;
        let number = &words[at + next];
        let last: u32 = out[out.len() - 1][area.len() + 1..].parse().unwrap_or(0);
        let between = if is_range { last + 1..number.parse().unwrap_or(0) } else { 0..0 };
        out.extend(between.map(|number| format!("{next_area}-{number:02}")));
        out.push(format!("{next_area}-{number}"));
        (area, at) = (next_area, at + next + 1);
    }
    out
}

fn is_number(word: &str) -> bool {
    word.len() == 2 && word.bytes().all(|octet| octet.is_ascii_digit())
}

/// The area that a name begins with, and the place of the number behind it.
fn first_area(words: &[String], areas: &BTreeSet<&str>) -> Option<(String, usize)> {
    let first = words.first()?;
    let of_this_family = |area: &&str| area.split('-').next() == Some(first);
    let depth = areas.iter().copied().find(of_this_family)?.split('-').count();
    words.get(depth).is_some_and(|word| is_number(word)).then(|| (words[..depth].join("-"), depth))
}

/// The next id: `_05`, `_and_05`, `_to_07`, `_and_time_04`, `_and_ws_lim_04`. Its area, and the place of its number.
fn following(words: &[String], area: &str, areas: &BTreeSet<&str>) -> Option<(String, usize)> {
    let skipped = usize::from(words.first().is_some_and(|word| word == "AND" || word == "TO"));
    let words = &words[skipped..];
    let number_at = words.iter().take(3).position(|word| is_number(word))?;
    let family = area.split('-').next().unwrap_or(area);
    let named = words[..number_at].join("-");
    let candidates = [if named.is_empty() { area.to_string() } else { named.clone() }, format!("{family}-{named}")];
    let area = candidates.into_iter().find(|area| areas.contains(area.as_str()))?;
    Some((area, skipped + number_at))
}

#[test]
fn names_and_their_ids() {
    let areas = BTreeSet::from(["CORE", "H1-CL", "H1-CONN", "H1-LINE", "H1-TIME", "TLS", "WS-CTL", "WS-LIM"]);
    for (name, expected) in [
        ("h1_cl_03", &["H1-CL-03"][..]),
        ("test_h1_cl_03_no_wrap", &["H1-CL-03"]),
        ("h1_cl_04_and_05_two_lengths", &["H1-CL-04", "H1-CL-05"]),
        ("h1_line_09_to_12_before", &["H1-LINE-09", "H1-LINE-10", "H1-LINE-11", "H1-LINE-12"]),
        ("h1_conn_15_and_time_04_a_peer", &["H1-CONN-15", "H1-TIME-04"]),
        ("ws_ctl_05_and_ws_lim_04_pongs", &["WS-CTL-05", "WS-LIM-04"]),
        ("tls_06_tls_07_an_alert", &["TLS-06", "TLS-07"]),
        ("h1_cl_03_a_key_of_16_octets", &["H1-CL-03"]),
        ("core_01_cuts", &["CORE-01"]),
        ("h1_nothing_07_of_the_kind", &["H1-NOTHING-07"]),
        ("tls_is_open", &[]),
        ("a_test", &[]),
    ] {
        assert_eq!(ids(name, &areas), expected, "{name}");
    }
}
