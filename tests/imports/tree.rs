//! The modules of the crate. Resolves a path to the file that defines the name, through any re-exports.

use crate::module::Module;
use std::{collections::BTreeSet, path::Path};

pub struct Tree {
    modules: Vec<Module>,
}

/// What a path stands for: a module, or a name that a file defines.
#[derive(Clone, PartialEq)]
enum Place {
    Module(Vec<String>),
    File(String),
}

impl Tree {
    /// Reads every module that is not under `#[cfg(test)]`.
    pub fn read() -> Self {
        let mut tree = Self { modules: Vec::new() };
        tree.add(Module::read(Vec::new(), "src/lib.rs".to_owned()), "src");
        assert!(tree.modules.len() > 8, "the sources were not found");
        tree
    }

    /// Adds a module and its children, whose files are in `folder`.
    fn add(&mut self, module: Module, folder: &str) {
        for child in &module.children {
            let path = [&module.path[..], std::slice::from_ref(&child.name)].concat();
            let (file, folder) = match &child.file {
                Some(file) => of_attribute(&module.file, file),
                None => of_name(folder, &child.name),
            };
            let child = Module::read(path, file);
            self.add(child, &folder);
        }
        self.modules.push(module);
    }

    /// Every pair of a file and another one that it depends on.
    pub fn needs(&self) -> BTreeSet<(&str, String)> {
        let mut all = BTreeSet::new();
        for module in &self.modules {
            let imported = module.imports.iter().filter(|import| !import.is_reexport_only).map(|import| &import.target);
            for path in imported.chain(&module.spelled) {
                if let Some(file) = self.file_of(module, path).filter(|file| *file != module.file) {
                    all.insert((&module.file[..], file));
                }
            }
        }
        all
    }

    /// Every inherent impl: the type with the file that defines it, and the file of the impl.
    pub fn impls(&self) -> Vec<(String, &str)> {
        let mut all = Vec::new();
        for module in &self.modules {
            for path in &module.impls {
                let file = self.file_of(module, path).unwrap_or_default();
                all.push((format!("{} {file}", path.last().unwrap()), &module.file[..]));
            }
        }
        all
    }

    fn file_of(&self, module: &Module, path: &[String]) -> Option<String> {
        match self.resolve(module, path, 0)? {
            Place::File(file) => Some(file),
            Place::Module(_) => None,
        }
    }

    /// Resolves a path as the code of a module sees it. `None`: the name is not of this crate.
    fn resolve(&self, module: &Module, path: &[String], depth: usize) -> Option<Place> {
        let (first, rest) = path.split_first()?;
        let parent = &module.path[..module.path.len().saturating_sub(1)];
        let start = match &first[..] {
            "crate" => Place::Module(Vec::new()),
            "self" => Place::Module(module.path.clone()),
            "super" => Place::Module(parent.to_vec()),
            name => self.member(module, name, depth)?,
        };
        Some(rest.iter().fold(start, |place, name| self.step(place, name, depth)))
    }

    /// Goes on by one segment. A name that the module does not define was made by a macro in it.
    fn step(&self, place: Place, name: &str, depth: usize) -> Place {
        let Place::Module(mut path) = place else { return place };
        if name == "super" {
            path.pop();
            return Place::Module(path);
        }
        let found = self.of_path(&path).find_map(|module| self.member(module, name, depth));
        let file = || self.of_path(&path).next().map(|module| module.file.clone());
        found.unwrap_or_else(|| file().map_or(Place::Module(path.clone()), Place::File))
    }

    /// What a name means in a module.
    fn member(&self, module: &Module, name: &str, depth: usize) -> Option<Place> {
        if module.items.iter().any(|item| item == name) {
            return Some(Place::File(module.file.clone()));
        }
        if module.children.iter().any(|child| child.name == name) {
            return Some(Place::Module([&module.path[..], &[name.to_owned()]].concat()));
        }
        let import = module.imports.iter().find(|import| import.name == name && import.target != [name])?;
        if depth < 16 { self.resolve(module, &import.target, depth + 1) } else { None }
    }

    fn of_path<'a>(&'a self, path: &'a [String]) -> impl Iterator<Item = &'a Module> {
        self.modules.iter().filter(move |module| module.path == path)
    }
}

/// The file that `#[path]` names, beside the file that says so, and the folder of that one's children.
fn of_attribute(parent: &str, file: &str) -> (String, String) {
    let mut folder: Vec<&str> = parent.split('/').collect();
    folder.pop();
    for part in file.split('/') {
        if part == ".." {
            folder.pop();
        } else {
            folder.push(part);
        }
    }
    let file = folder.join("/");
    let folder = file.rsplit_once('/').unwrap().0.to_owned();
    (file, folder)
}

/// The file of a module by its name, and the folder of its children.
fn of_name(folder: &str, name: &str) -> (String, String) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let own = format!("{folder}/{name}");
    let file = [format!("{own}.rs"), format!("{own}/mod.rs")].into_iter().find(|file| root.join(file).exists());
    (file.unwrap_or_else(|| panic!("{own} has no file")), own)
}
