//! A type and its inherent impl stand in one file, and no chain of imports leads from a file back to itself.

use crate::tree::Tree;
use std::collections::{BTreeMap, BTreeSet};

/// Each offender, and what to look at.
pub type Offenders = BTreeMap<String, String>;

/// Types whose definition and inherent impls are in more than one file, by name and file of the definition, with those files.
pub fn split_types() -> Offenders {
    let tree = Tree::read();
    let mut files: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    let impls = tree.impls();
    assert!(impls.len() > 100, "the impls were not found");
    for (name, file) in &impls {
        files.entry(name.clone()).or_default().extend([*file, name.split_once(' ').unwrap().1]);
    }
    let split = files.into_iter().filter(|(_, files)| files.len() > 1);
    split.map(|(name, files)| (name, files.into_iter().collect::<Vec<_>>().join(" "))).collect()
}

/// Files from which a chain of imports leads back to them, with the first file of such a chain.
pub fn circling_files() -> Offenders {
    let tree = Tree::read();
    let mut needs = Needs::new();
    for (file, needed) in tree.needs() {
        needs.entry(file.to_owned()).or_default().insert(needed);
    }
    let first_back = |file: &str| needs[file].iter().find(|needed| leads_to(&needs, needed, file)).cloned();
    needs.keys().filter_map(|file| Some((file.clone(), first_back(file)?))).collect()
}

type Needs = BTreeMap<String, BTreeSet<String>>;

fn leads_to(needs: &Needs, from: &str, to: &str) -> bool {
    let mut seen = BTreeSet::from([from]);
    let mut next = vec![from];
    while let Some(file) = next.pop() {
        if file == to {
            return true;
        }
        next.extend(
            needs.get(file).into_iter().flatten().map(|needed| &needed[..]).filter(|needed| seen.insert(needed)),
        );
    }
    false
}
