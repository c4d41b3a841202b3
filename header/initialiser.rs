use super::item::Item;
use super::prose::fill;

/// The macro that a C program begins a struct with, written from the members of the struct.
pub struct Initialiser<'a> {
    structs: &'a [Item],
}

impl<'a> Initialiser<'a> {
    pub fn of(structs: &'a [Item]) -> Self {
        Self { structs }
    }

    /// Those of all structs that are begun so: those that say their size, those that only the library looks into, and certificates.
    pub fn all(&self) -> Vec<Item> {
        let is_begun = |item: &&Item| {
            let first = members(item).into_iter().next().unwrap_or_default();
            first == "size_t size" || first.contains(" opaque") || item.name == "ww_tls_certificate"
        };
        self.structs.iter().filter(is_begun).map(|item| self.define(item)).collect()
    }

    fn define(&self, item: &Item) -> Item {
        let name = macro_of(&item.name);
        let value = self.value(item);
        let line = format!("#define {name} {value}");
        if line.len() <= 110 {
            return Item::new(line);
        }
        let words: Vec<String> = value.split(' ').map(str::to_owned).collect();
        Item::new(format!("#define {name} \\\n    {}", fill(&words, "      ", 106).join(" \\\n")))
    }

    /// The initialiser of all members, in their order.
    fn value(&self, item: &Item) -> String {
        let values: Vec<String> = members(item).iter().map(|member| self.of_member(item, member)).collect();
        format!("{{ {} }}", values.join(", "))
    }

    fn of_member(&self, item: &Item, member: &str) -> String {
        if member == "size_t size" {
            return format!("sizeof({})", item.name);
        }
        if member.contains('*') {
            return "NULL".to_owned();
        }
        if let Some((_, count)) = member.trim_end_matches(']').split_once('[') {
            return format!("{{ {} }}", vec!["0"; count.parse().expect("a number of elements")].join(", "));
        }
        let kind = member.split(' ').next().unwrap_or_default();
        match self.structs.iter().find(|other| other.name == kind && !members(other).is_empty()) {
            None => "0".to_owned(),
            Some(inner) if inner.bare().contains("size_t size;") => macro_of(kind),
            Some(inner) => self.value(inner),
        }
    }
}

/// `WW_FILE_INIT` of `ww_file`.
fn macro_of(name: &str) -> String {
    format!("{}_INIT", name.to_uppercase())
}

/// The members of a struct, as `uint32_t flags`; none of anything else.
fn members(item: &Item) -> Vec<String> {
    let bare = item.bare();
    let Some((head, body)) = bare.split_once('{') else { return Vec::new() };
    if !head.starts_with("typedef struct") {
        return Vec::new();
    }
    let lines = body.lines().map(str::trim).filter_map(|line| line.strip_suffix(';'));
    lines.filter(|line| !line.starts_with('}')).map(str::to_owned).collect()
}
