//! Licence expressions of SPDX, as `Cargo.toml` has them: `(MIT OR Apache-2.0) AND Unicode-3.0`.

/// Whether the expression can be met by licences for which `allows` says yes. `None` where it cannot be read.
pub fn is_met(expression: &str, allows: &dyn Fn(&str) -> bool) -> Option<bool> {
    // Before SPDX, `/` meant OR.
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let mut words = Words { rest: spaced.split_whitespace().collect(), allows };
    words.rest.reverse();
    let met = words.any_of()?;
    words.rest.is_empty().then_some(met)
}

/// The words that are left, the next one last.
struct Words<'a> {
    rest: Vec<&'a str>,
    allows: &'a dyn Fn(&str) -> bool,
}

impl Words<'_> {
    fn takes(&mut self, word: &str) -> bool {
        let is_next = self.rest.last() == Some(&word);
        if is_next {
            self.rest.pop();
        }
        is_next
    }

    fn any_of(&mut self) -> Option<bool> {
        let mut met = self.all_of()?;
        while self.takes("OR") {
            met |= self.all_of()?;
        }
        Some(met)
    }

    fn all_of(&mut self) -> Option<bool> {
        let mut met = self.one()?;
        while self.takes("AND") {
            met &= self.one()?;
        }
        Some(met)
    }

    fn one(&mut self) -> Option<bool> {
        if self.takes("(") {
            let met = self.any_of()?;
            return self.takes(")").then_some(met);
        }
        let licence = self.rest.pop().filter(|word| !matches!(*word, "AND" | "OR" | "WITH" | ")"))?;
        if self.takes("WITH") {
            let exception = self.rest.pop()?;
            return Some((self.allows)(&format!("{licence} WITH {exception}")));
        }
        Some((self.allows)(licence))
    }
}

#[test]
fn expressions() {
    let allows = |licence: &str| matches!(licence, "MIT" | "ISC" | "A WITH B");
    for (expression, expected) in [
        ("MIT", Some(true)),
        ("GPL-3.0-only", Some(false)),
        ("GPL-3.0-only OR MIT", Some(true)),
        ("GPL-3.0-only AND MIT", Some(false)),
        ("MIT AND GPL-3.0-only OR ISC", Some(true)),
        ("MIT AND (GPL-3.0-only OR BSD-3-Clause)", Some(false)),
        ("(GPL-3.0-only OR ISC) AND MIT", Some(true)),
        ("MIT/Apache-2.0", Some(true)),
        ("A WITH B", Some(true)),
        ("A OR A WITH C", Some(false)),
        ("", None),
        ("MIT OR", None),
        ("(MIT", None),
        ("MIT ISC", None),
    ] {
        assert_eq!(is_met(expression, &allows), expected, "{expression}");
    }
}
