//! The rooms keep their order: a module imports only from layers below its own, `unsafe` stays in its few places, and
//! nothing below the sans-I/O line touches the system. A type and its inherent impl stand in one file, and no chain of
//! imports leads from a file back to itself. The order is the one listed at the top of `src/lib.rs`.

#[path = "imports/composition.rs"]
mod composition;
#[path = "imports/layers.rs"]
mod layers;
#[path = "imports/module.rs"]
mod module;
#[path = "imports/reasons.rs"]
mod reasons;
#[path = "imports/source.rs"]
mod source;
#[path = "imports/text.rs"]
mod text;
#[path = "imports/tree.rs"]
mod tree;

use composition::{Offenders, circling_files, split_types};
use layers::Layers;
use source::{Source, sources};

/// Where `unsafe` may be written.
const UNSAFE: [&str; 5] = ["ffi/", "src/io/", "src/http1/head/leaf", "src/websocket/mask/leaf", "src/memory"];

/// A room whose folders import in no circle either: a folder counts as one with the file that it is named after.
const ROOM: &str = "src/service/";

/// What a module below the line would reach the system with.
/// A time as a value is arithmetic; asking for the present one is a system call.
const SYSTEM: [&str; 8] =
    ["std::net", "std::fs", "Instant", "::now(", "std::thread", "std::process", "std::io", "libc::"];

#[test]
fn every_module_is_a_listed_layer() {
    let layers = Layers::read();
    let is_missing = |source: &Source| layers.rank(source.layer()).is_none();
    assert_eq!(paths_of(is_missing), [""; 0], "not in the list of src/lib.rs");
}

#[test]
fn imports_point_down() {
    let layers = Layers::read();
    let mut wrong = Vec::new();
    for source in sources() {
        let own = layers.rank(source.layer());
        // What is no layer would be an item of the crate root, and there are none. A relative name that is none is
        // a sibling.
        let mut imports = source.imports();
        imports.extend(source.relatives().into_iter().filter(|name| layers.rank(name).is_some()));
        imports.retain(|name| name != source.layer() && (layers.rank(name).is_none() || layers.rank(name) <= own));
        wrong.extend(imports.iter().map(|name| format!("{} uses {name}", source.path())));
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn reasons_are_in_lower_case() {
    let sources = sources();
    let reasons: Vec<_> = sources.iter().flat_map(Source::c_literals).filter(|text| reasons::is_reason(text)).collect();
    assert!(reasons.len() > 200, "the reasons were not found: {}", reasons.len());
    let wrong: Vec<_> = reasons.into_iter().filter(|reason| !reasons::begins_as_a_part_of_a_line(reason)).collect();
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn unsafe_stays_in_its_places() {
    let is_allowed = |source: &Source| UNSAFE.iter().any(|place| source.path().starts_with(place));
    assert_eq!(paths_of(|source| source.has_word("unsafe") && !is_allowed(source)), [""; 0]);
}

#[test]
fn below_the_line_nothing_touches_the_system() {
    let layers = Layers::read();
    let is_wrong = |source: &Source| {
        layers.is_below_the_line(source.layer()) && !source.is_test() && SYSTEM.iter().any(|word| source.contains(word))
    };
    assert_eq!(paths_of(is_wrong), [""; 0]);
}

#[test]
fn folders_of_a_room_import_in_no_circle() {
    let mut files = files_of(ROOM);
    assert!(files.len() > 8, "the files of {ROOM} were not found");
    // What uses none of those left is in no circle.
    while let Some(free) = files.iter().position(|(_, uses)| files.iter().all(|(name, _)| !uses.contains(name))) {
        files.remove(free);
    }
    assert_eq!(files, [], "left are a circle and what stands upon it");
}

/// The files of a room, each with what it uses; those of a folder count as the file that it is named after.
fn files_of(room: &str) -> Vec<(String, Vec<String>)> {
    let mut files: Vec<(String, Vec<String>)> = Vec::new();
    for source in sources().iter().filter(|source| !source.is_test()) {
        let Some(place) = source.path().strip_prefix(room) else { continue };
        let name = place.split(['/', '.']).next().unwrap();
        let mut uses = source.uses(&room.replace("src/", "crate::").replace('/', "::"));
        if !place.contains('/') {
            uses.extend(source.relatives());
        }
        uses.retain(|used| used != name);
        match files.iter_mut().find(|(known, _)| known == name) {
            Some((_, all)) => all.extend(uses),
            None => files.push((name.to_owned(), uses)),
        }
    }
    // A room's own file names all others, and no file of it names that.
    files.retain(|(name, _)| name != "mod");
    files
}

#[test]
fn a_type_and_its_inherent_impl_stand_in_one_file() {
    assert_eq!(split_types(), Offenders::new());
}

#[test]
fn no_chain_of_imports_leads_back() {
    assert_eq!(circling_files(), Offenders::new());
}

fn paths_of(matching: impl Fn(&Source) -> bool) -> Vec<String> {
    sources().iter().filter(|source| matching(source)).map(|source| source.path().to_owned()).collect()
}
