//! What the header says of memory is so: "Does not allocate", "Allocates over TLS only", and "Allocates" for all that may. Allocations of
//! the workspace and of the global allocator count.

use super::bench::Bench;
use super::calls::CALLS;
use super::codec::CODEC;
use super::event_loop::EVENT_LOOP;
use super::headers::headers;
use super::mailbox::MAILBOX;
use super::memory::global_allocations;
use super::pump_calls;
use super::semantics::SEMANTICS;
use super::server::SERVER;
use super::states::STATES;
use std::collections::BTreeMap;

/// What a function may do.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Claim {
    Never,
    OverTlsOnly,
    Sometimes,
}

/// The claim of a comment, if it makes one.
fn claim(comment: &str) -> Option<Claim> {
    let text = comment.replace("\n * ", " ").replace("\n *", " ");
    let is_never = ["Does not allocate", "no allocation"].iter().any(|never| text.contains(never));
    let is_sometimes = ["Allocates", "allocates", "May allocate"].iter().any(|some| text.contains(some));
    match (is_never, is_sometimes) {
        (true, true) => panic!("two claims: {text}"),
        (true, false) => Some(Claim::Never),
        (false, true) if text.contains("Allocates over TLS only") => Some(Claim::OverTlsOnly),
        (false, true) => Some(Claim::Sometimes),
        (false, false) => None,
    }
}

/// The functions of a header that say something of memory.
fn claims(header: &str) -> Vec<(String, Claim)> {
    let functions = header.match_indices("\nWW_API ").map(|(at, _)| {
        let (before, declaration) = header.split_at(at);
        let name = declaration.split('(').next().unwrap().rsplit([' ', '*']).next().unwrap();
        (name, &before[before.rfind("/**").unwrap()..])
    });
    functions.filter_map(|(name, comment)| Some((name.to_owned(), claim(comment)?))).collect()
}

/// The most allocations of each function that was called, without TLS and with it.
#[derive(Default)]
struct Counts(BTreeMap<&'static str, [usize; 2]>);

impl Counts {
    fn note(&mut self, name: &'static str, over_tls: bool, count: usize) {
        let most = &mut self.0.entry(name).or_default()[usize::from(over_tls)];
        *most = count.max(*most);
    }
}

/// Every call in every state.
fn of_connections(counts: &mut Counts) {
    for (state, make) in STATES {
        for (name, call) in CALLS {
            let mut bench = make();
            if *name == "ww_conn_sent" {
                bench.show();
            }
            let allocations = |bench: &Bench| global_allocations() + bench.memory.taken.get();
            let before = allocations(&bench);
            call(&mut bench);
            let count = allocations(&bench) - before;
            let over_tls = state.contains("tls");
            counts.note(name, over_tls, count);
        }
    }
}

fn of_pumps(counts: &mut Counts) {
    pump_calls::each_call(|name, count| counts.note(name, true, count));
}

fn of_others(counts: &mut Counts) {
    for (name, call) in CODEC.iter().chain(SEMANTICS) {
        // What is made once for all calls was made before.
        call();
        let before = global_allocations();
        call();
        counts.note(name, false, global_allocations() - before);
    }
    for (name, call) in SERVER.iter().chain(MAILBOX).chain(EVENT_LOOP) {
        call(&mut |over_tls, count| counts.note(name, over_tls, count));
    }
}

#[test]
fn the_header_says_what_allocates() {
    let mut counts = Counts::default();
    of_connections(&mut counts);
    of_pumps(&mut counts);
    of_others(&mut counts);
    let mut wrong = Vec::new();
    let claims: Vec<_> = headers().iter().flat_map(|(_, text)| claims(text)).collect();
    assert!(claims.len() > 90, "the header is read: {}", claims.len());
    for (name, claim) in claims {
        let Some(&[without, over_tls]) = counts.0.get(&name[..]) else {
            wrong.push(format!("{name} claims {claim:?}, and nothing calls it here"));
            continue;
        };
        let is_so = match claim {
            Claim::Never => (without, over_tls) == (0, 0),
            Claim::OverTlsOnly => without == 0 && over_tls > 0,
            Claim::Sometimes => without > 0 || over_tls > 0,
        };
        if !is_so {
            wrong.push(format!("{name} claims {claim:?}: {without} allocations, {over_tls} over TLS"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn claims_about_allocation_are_parsed() {
    assert_eq!(claim("/**\n * Shows it. Does not\n * allocate.\n */"), Some(Claim::Never));
    assert_eq!(claim("/**\n * Shows it. Allocates over TLS\n * only.\n */"), Some(Claim::OverTlsOnly));
    assert_eq!(claim("/**\n * May allocate an output block.\n */"), Some(Claim::Sometimes));
    assert_eq!(claim("/**\n * As the other one.\n */"), None);
}
