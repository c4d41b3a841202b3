//! Splits a source file into items. It relies on rustfmt: an item begins in the first column, and its other lines are indented or begin
//! with a closing bracket.

/// One item of a file, with the attributes before it.
pub struct Item {
    attributes: String,
    body: String,
}

/// The items of a file without comments.
pub fn items(code: &str) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut attributes = String::new();
    for line in code.lines().filter(|line| !line.is_empty()) {
        if line.starts_with("#[") || line.starts_with("#![") {
            attributes.push_str(line);
        } else if line.starts_with(|c: char| c.is_ascii_alphabetic()) && !line.starts_with("where") {
            items.push(Item { attributes: core::mem::take(&mut attributes), body: format!("{line}\n") });
        } else if let (true, Some(item)) = (attributes.is_empty(), items.last_mut()) {
            item.body.push_str(line);
            item.body.push('\n');
        }
    }
    items
}

impl Item {
    pub fn body(&self) -> &str {
        &self.body
    }

    pub fn is_test(&self) -> bool {
        self.attributes.contains("cfg(test)") || self.attributes.contains("cfg(all(test")
    }

    pub fn has_word(&self, word: &str) -> bool {
        words(&self.body).any(|found| found == word)
    }

    /// The name of a module that is another file.
    pub fn outer_module(&self) -> Option<String> {
        let line = self.body.lines().next()?.strip_suffix(';')?;
        let (before, name) = line.split_once("mod ")?;
        (before.is_empty() || before.starts_with("pub")).then(|| name.to_owned())
    }

    pub fn path_attribute(&self) -> Option<String> {
        let (_, path) = self.attributes.split_once("#[path = \"")?;
        path.split('"').next().map(str::to_owned)
    }

    /// The name it defines, if it does.
    pub fn defined(&self) -> Option<String> {
        const KINDS: [&str; 10] =
            ["struct", "enum", "union", "trait", "type", "fn", "const", "static", "mod", "macro_rules"];
        const BETWEEN: [&str; 4] = ["fn", "unsafe", "extern", "mut"];
        let header = self.body.split(['{', '(', '=', '<', ';']).next()?;
        // `pub(crate)` has a bracket of its own.
        let header = if header == "pub" { self.body.split_once(") ")?.1 } else { header };
        let mut words = words(header).skip_while(|word| !KINDS.contains(word));
        words.find(|word| !KINDS.contains(word) && !BETWEEN.contains(word)).map(str::to_owned)
    }

    /// Every path of more than one segment.
    pub fn paths(&self) -> Vec<Vec<String>> {
        let is_between = |c: char| !c.is_ascii_alphanumeric() && !"_:".contains(c);
        let runs = self.body.split(is_between).filter(|run| run.contains("::"));
        runs.map(segments).filter(|path| path.len() > 1).collect()
    }
}

fn segments(path: &str) -> Vec<String> {
    path.split("::").map(|segment| segment.trim_matches(':').to_owned()).filter(|segment| !segment.is_empty()).collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric() && !"_".contains(c)).filter(|word| !word.is_empty())
}

/// The path of the type, where the item is an inherent impl.
pub fn header_type(body: &str) -> Option<Vec<String>> {
    let header = body.split(" {").next()?.strip_prefix("impl")?;
    let header = header.strip_prefix('<').map_or(header, after_angle).trim_start();
    let is_trait = header.split_whitespace().any(|word| word == "for");
    let name = header.split(['<', ' ', '\n']).next()?;
    (!is_trait && !name.is_empty()).then(|| segments(name))
}

/// The text after the bracket that closes the open one.
fn after_angle(text: &str) -> &str {
    let mut open = 1;
    let end = text.find(|c| {
        open += i32::from(c == '<') - i32::from(c == '>');
        open == 0
    });
    &text[end.map_or(text.len(), |end| end + 1)..]
}

/// Each name that a `use` brings into scope, and the path it stands for.
pub fn use_leaves(body: &str) -> Vec<(String, Vec<String>)> {
    let tree = body.split_once("use ").unwrap().1.split(';').next().unwrap();
    let mut leaves = Vec::new();
    expand(&[], tree, &mut leaves);
    leaves
}

fn expand(before: &[String], tree: &str, leaves: &mut Vec<(String, Vec<String>)>) {
    let (path, group) = match tree.split_once('{') {
        Some((path, group)) => (path, group.trim_end().strip_suffix('}')),
        None => (tree, None),
    };
    let (path, name) = path.trim().split_once(" as ").map_or((path.trim(), None), |(path, name)| (path, Some(name)));
    let path = [before, &segments(path)].concat();
    match group {
        Some(group) => split_group(group).iter().for_each(|part| expand(&path, part, leaves)),
        None => {
            let target = if path.last().is_some_and(|last| last == "self") { &path[..path.len() - 1] } else { &path };
            let last = target.last().cloned().unwrap_or_default();
            leaves.push((name.map_or(last, str::to_owned), target.to_vec()));
        }
    }
}

/// The parts between the outermost commas.
fn split_group(group: &str) -> Vec<String> {
    let mut open = 0;
    let parts = group.split(move |c| {
        open += i32::from(c == '{') - i32::from(c == '}');
        open == 0 && c == ','
    });
    parts.map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}
