use super::*;
use crate::error::Code;

/// Memory of one inflater; the struct itself is smaller than the slack.
const INFLATER: usize = Inflater::MEMORY;

#[test]
fn ws_pmd_04_codecs_are_shared_and_forget() {
    let mut codecs = Codecs::new(&heap());
    let first = codecs.take_inflater(15).unwrap();
    inflate(codecs.inflater(first).unwrap(), &[&hex("f248cdc9c90700")], 100).unwrap();
    codecs.give_back_inflater(first);
    let second = codecs.take_inflater(8).unwrap();
    assert_eq!(second, first, "an inflater is of any window");
    assert!(inflate(codecs.inflater(second).unwrap(), &[&hex("f200110000")], 100).is_err());
    codecs.give_back_inflater(second);
    let third = codecs.take_inflater(15).unwrap();
    assert!(inflate(codecs.inflater(third).unwrap(), &[&hex("f248cdc9c90700")], 100).is_ok(), "errors are forgotten");

    let first = codecs.take_deflater(10, 6).unwrap();
    deflate(codecs.deflater(first).unwrap(), &[b"Hello"], 100);
    codecs.give_back_deflater(first);
    let other = codecs.take_deflater(11, 6).unwrap();
    assert_eq!(codecs.deflater(other).unwrap().window_bits(), 11);
    let other = codecs.take_deflater(10, 7).unwrap();
    assert_eq!(codecs.deflater(other).unwrap().level(), 7);
    assert_eq!(codecs.take_deflater(10, 6), Ok(first));
    assert_eq!(deflate(codecs.deflater(first).unwrap(), &[b"Hello"], 100), hex("f248cdc9c90700"));
}

#[test]
fn ws_pmd_04_few_spare_codecs_are_kept() {
    let heap = heap();
    let mut codecs = Codecs::new(&heap);
    let taken: Vec<_> = (0..20).map(|_| codecs.take_inflater(15).unwrap()).collect();
    assert!(heap.used() >= 20 * INFLATER);
    for index in taken {
        codecs.give_back_inflater(index);
    }
    assert!(heap.used() >= 4 * INFLATER && heap.used() < 5 * INFLATER, "{}", heap.used());
    let again: Vec<_> = (0..20).map(|_| codecs.take_inflater(15).unwrap()).collect();
    assert!(again.iter().all(|&index| index < 20), "places are used again");
    assert!(again.iter().all(|&index| codecs.inflater(index).is_ok()));
    drop(codecs);
    assert_eq!(heap.used(), 0);
}

#[test]
fn ws_pmd_07_the_budget_refuses_and_spare_codecs_make_way() {
    let heap = Heap::new(Deflater::memory(15) + INFLATER / 2);
    let mut codecs = Codecs::new(&heap);
    let inflater = codecs.take_inflater(15).unwrap();
    assert_eq!(codecs.take_deflater(15, 6).unwrap_err().code(), Code::Nomem);
    codecs.give_back_inflater(inflater);
    let deflater = codecs.take_deflater(15, 6).unwrap();
    assert_eq!(codecs.take_inflater(15).unwrap_err().code(), Code::Nomem);
    codecs.give_back_deflater(deflater);
    assert!(codecs.take_inflater(15).is_ok());
}

#[test]
fn ws_pmd_04_an_index_that_was_not_taken_has_no_codec() {
    let mut codecs = Codecs::new(&heap());
    assert!(codecs.inflater(NONE).is_err() && codecs.deflater(0).is_err());
    assert_eq!(codecs.take_deflater(7, 6).unwrap_err().code(), Code::State);
}
