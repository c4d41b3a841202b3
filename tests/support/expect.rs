//! What must come of a case: the lines below `---`.

use super::bytes::expand;
use super::step::Fields;

/// One line of the event list. Words that are not written are not compared.
#[derive(Clone, Debug, Default)]
pub struct Expected {
    pub optional: bool,
    pub kind: String,
    pub words: Vec<String>,
    /// Of `DATA` and `RAW`.
    pub data: Option<Vec<u8>>,
    pub fields: Option<Fields>,
}

#[derive(Clone, Debug, Default)]
pub struct Expectations {
    pub events: Vec<Expected>,
    pub statuses: Option<Vec<String>>,
    pub output: Option<Vec<u8>>,
    /// The order of fields counts too.
    pub exact: bool,
    pub has: Vec<Vec<u8>>,
    pub state: Vec<String>,
    pub memory: Option<u64>,
}

/// An event line with its shorthands still in it.
struct Line {
    event: Expected,
    end: bool,
    times: usize,
}

impl Expectations {
    pub fn parse(lines: &[String]) -> Result<Self, String> {
        let mut all = Self::default();
        let mut events: Vec<Line> = Vec::new();
        for line in lines {
            if let Some(field) = line.strip_prefix("  ") {
                let fields = &mut events.last_mut().ok_or("a field without a head")?.event.fields;
                field_line(field, fields.get_or_insert_default())?;
            } else if line.starts_with(|c: char| c.is_ascii_uppercase() || c == '?') {
                events.push(Line::parse(line)?);
            } else {
                let (word, rest) = line.split_once(' ').ok_or_else(|| format!("unknown line {line:?}"))?;
                all.line(word, rest, &mut events)?;
            }
        }
        all.events = events.into_iter().flat_map(Line::flatten).collect();
        Ok(all)
    }

    pub fn says_something(&self) -> bool {
        !self.events.is_empty() || self.statuses.is_some() || self.output.is_some() || !self.state.is_empty()
    }

    fn line(&mut self, word: &str, rest: &str, events: &mut Vec<Line>) -> Result<(), String> {
        match word {
            "<" | "<=" => {
                self.exact |= word == "<=";
                self.output.get_or_insert_default().extend(expand(rest)?);
            }
            "has" => self.has.push(expand(rest)?),
            "state" => self.state.extend(rest.split(' ').map(String::from)),
            "status" => self.statuses.get_or_insert_default().extend(rest.split(' ').map(String::from)),
            "memory" => self.memory = Some(rest.parse().map_err(|e| format!("memory {rest}: {e}"))?),
            "dropped" => {
                events.push(Line::parse(&format!("ERROR {rest}"))?);
                self.state.push("close".into());
            }
            "refused" => {
                events.push(Line::parse(&format!("ERROR {rest}"))?);
                let status = rest.split(' ').nth(1).ok_or("refused Code STATUS")?;
                let closing: Vec<String> = status.split('|').map(|s| format!("{s}+close")).collect();
                self.statuses.get_or_insert_default().push(closing.join("|"));
                self.state.extend(["shutdown".into(), "-close".into()]);
            }
            _ => return Err(format!("unknown expectation {word:?}")),
        }
        Ok(())
    }
}

impl Line {
    fn parse(line: &str) -> Result<Self, String> {
        let (optional, line) = line.strip_prefix('?').map_or((false, line), |rest| (true, rest));
        let (kind, rest) = line.split_once(' ').unwrap_or((line, ""));
        let mut event = Expected { optional, kind: kind.into(), ..Expected::default() };
        if kind == "DATA" || kind == "RAW" {
            event.data = Some(expand(rest)?);
            return Ok(Self { event, end: false, times: 1 });
        }
        event.words = rest.split(' ').filter(|word| !word.is_empty()).map(String::from).collect();
        let times = event.words.last().and_then(|word| word.strip_prefix('x')?.parse().ok());
        if times.is_some() {
            event.words.pop();
        }
        let end = event.words.last().is_some_and(|word| word == "end");
        if end {
            event.words.pop();
        }
        Ok(Self { event, end, times: times.unwrap_or(1) })
    }

    fn flatten(self) -> Vec<Expected> {
        let end = Expected { kind: "END".into(), optional: self.event.optional, ..Expected::default() };
        let mut one = vec![self.event];
        one.extend(self.end.then_some(end));
        std::iter::repeat_n(one, self.times).flatten().collect()
    }
}

fn field_line(line: &str, fields: &mut Fields) -> Result<(), String> {
    if line == "(none)" {
        return Ok(());
    }
    let (name, value) = line.split_once(':').ok_or_else(|| format!("not a field: {line:?}"))?;
    fields.push((expand(name)?, expand(value.strip_prefix(' ').unwrap_or(value))?));
    Ok(())
}
