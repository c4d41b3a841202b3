use super::item::Item;
use std::collections::BTreeMap;

/// Where each item stands: files in C with prose, in which a line `@name` is the place of the item of that name, and `@PREFIX_*` of all
/// whose names begin so and that no line names by itself. Between `/*` and `*/` a line ` * @name` shows an item without its comments and
/// is not its place.
pub struct Parts {
    /// Name and text of each file.
    files: Vec<(String, String)>,
}

impl Parts {
    pub fn new(files: Vec<(String, String)>) -> Self {
        Self { files }
    }

    /// The files with every item in its place, or what is wrong with the places: one line for each mistake.
    pub fn fill(&self, items: &[Item]) -> Result<Vec<(String, String)>, String> {
        let mut mistakes = self.misplaced(items);
        let mut filled = Vec::new();
        for (name, text) in &self.files {
            let lines = text.lines().enumerate().map(|(index, line)| {
                self.set(line, items).unwrap_or_else(|why| {
                    mistakes.push(format!("header/parts/{name}:{}: {why}", index + 1));
                    String::new()
                })
            });
            filled.push((name.clone(), lines.collect::<Vec<_>>().join("\n") + "\n"));
        }
        if mistakes.is_empty() { Ok(filled) } else { Err(mistakes.join("\n")) }
    }

    /// Items that have no place, or more than one.
    fn misplaced(&self, items: &[Item]) -> Vec<String> {
        let mut places: BTreeMap<&str, Vec<String>> = items.iter().map(|item| (&item.name[..], Vec::new())).collect();
        for (name, text) in &self.files {
            for (index, line) in text.lines().enumerate() {
                for item in line.strip_prefix('@').map(|place| self.named(place, items)).unwrap_or_default() {
                    let place = format!("header/parts/{name}:{}", index + 1);
                    places.get_mut(&item.name[..]).expect("an item").push(place);
                }
            }
        }
        let complaint = |(name, places): (&str, Vec<String>)| match places.len() {
            0 => Some(format!("{name} has no place: add a line `@{name}` to a file of header/parts")),
            1 => None,
            _ => Some(format!("{name} has {} places: {}", places.len(), places.join(", "))),
        };
        places.into_iter().filter_map(complaint).collect()
    }

    /// The items that a place is for.
    fn named<'a>(&self, place: &str, items: &'a [Item]) -> Vec<&'a Item> {
        match place.strip_suffix('*') {
            Some(prefix) => {
                items.iter().filter(|item| item.name.starts_with(prefix) && !self.names(&item.name)).collect()
            }
            None => items.iter().filter(|item| item.name == place).collect(),
        }
    }

    /// Whether a line names the item by itself.
    fn names(&self, item: &str) -> bool {
        let mut lines = self.files.iter().flat_map(|(_, text)| text.lines());
        lines.any(|line| line.strip_prefix('@') == Some(item))
    }

    /// What stands for a line.
    fn set(&self, line: &str, items: &[Item]) -> Result<String, String> {
        let (before, place) = match (line.strip_prefix('@'), line.trim_start_matches([' ', '*']).strip_prefix('@')) {
            (Some(place), _) => ("", place),
            (None, Some(place)) => (&line[..line.len() - place.len() - 1], place),
            (None, None) => return Ok(line.to_owned()),
        };
        let named = self.named(place, items);
        if named.is_empty() {
            return Err(format!("ffi/ has no {place}"));
        }
        if before.is_empty() {
            return Ok(named.iter().map(|item| &item.text[..]).collect::<Vec<_>>().join("\n"));
        }
        let shown: Vec<String> = named.iter().map(|item| item.bare()).collect();
        Ok(shown.join("\n").lines().map(|line| format!("{before}{line}")).collect::<Vec<_>>().join("\n"))
    }
}
