//! The layers, highest first, as the comment at the top of `src/lib.rs` lists them.

pub struct Layers {
    names: Vec<String>,
    /// The names before this one may do I/O.
    line: usize,
}

impl Layers {
    pub fn read() -> Self {
        let root = include_str!("../../src/lib.rs");
        let list = root.split("```text").nth(1).and_then(|rest| rest.split("```").next());
        let mut layers = Self { names: Vec::new(), line: 0 };
        for line in list.expect("src/lib.rs lists the layers").lines().map(|line| line.trim_start_matches("//!").trim())
        {
            match line.split([' ', '/']).next() {
                None | Some("") => {}
                Some(rule) if rule.starts_with("--") => layers.line = layers.names.len(),
                Some(name) => layers.names.push(name.to_owned()),
            }
        }
        assert!(layers.line > 0 && layers.names.len() > layers.line, "the list has names on both sides of its line");
        layers
    }

    /// 0 is the highest; `None` is no layer.
    pub fn rank(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|layer| layer == name)
    }

    pub fn is_below_the_line(&self, name: &str) -> bool {
        self.rank(name).is_some_and(|rank| rank >= self.line)
    }
}
