//! One module of the crate: the names it defines and imports, the paths in its code, and its inherent impls.

use crate::source::without_comment;
use crate::text::{header_type, items, use_leaves};
use std::{fs, path::Path};

pub struct Module {
    /// From the crate root; empty for the root itself.
    pub path: Vec<String>,
    pub file: String,
    /// The names it defines. An inline module counts as one name.
    pub items: Vec<String>,
    pub imports: Vec<Import>,
    /// Paths of more than one segment in its code, outside of `use`.
    pub spelled: Vec<Vec<String>>,
    /// The types of its inherent impls, as they are written.
    pub impls: Vec<Vec<String>>,
    pub children: Vec<Child>,
}

pub struct Import {
    pub name: String,
    pub target: Vec<String>,
    /// A `pub use` of a name that the file itself does not use. It does not make the file depend on its target.
    pub is_reexport_only: bool,
}

pub struct Child {
    pub name: String,
    /// The file that a `#[path]` attribute names.
    pub file: Option<String>,
}

impl Module {
    pub fn read(path: Vec<String>, file: String) -> Self {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&file)).unwrap();
        let code: String = text.lines().map(without_comment).collect();
        let mut module = Self {
            path,
            file,
            items: Vec::new(),
            imports: Vec::new(),
            spelled: Vec::new(),
            impls: Vec::new(),
            children: Vec::new(),
        };
        let (uses, rest): (Vec<_>, Vec<_>) = items(&code).into_iter().partition(|item| is_use(item.body()));
        let rest: Vec<_> = rest.iter().filter(|item| !item.is_test()).collect();
        for item in &rest {
            module.add(item);
        }
        for item in uses.iter().filter(|item| !item.is_test()) {
            let is_used = |name: &str| rest.iter().any(|other| other.outer_module().is_none() && other.has_word(name));
            let is_public = item.body().starts_with("pub");
            for (name, target) in use_leaves(item.body()) {
                let is_reexport_only = is_public && !is_used(&name);
                module.imports.push(Import { name, target, is_reexport_only });
            }
        }
        module
    }

    fn add(&mut self, item: &crate::text::Item) {
        if let Some(name) = item.outer_module() {
            self.children.push(Child { name, file: item.path_attribute() });
            return;
        }
        self.items.extend(item.defined());
        self.spelled.extend(item.paths());
        self.impls.extend(header_type(item.body()));
    }
}

fn is_use(body: &str) -> bool {
    let body = body.strip_prefix("pub").map_or(body, |rest| rest.split_once("use ").map_or("", |_| "use "));
    body.starts_with("use ")
}
