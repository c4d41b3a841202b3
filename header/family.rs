use super::item::Item;

/// Constants of which exactly one is meant: an enum, so that a compiler can name those that a `switch` forgets.
pub struct Family {
    name: &'static str,
    prefix: &'static str,
    about: &'static str,
}

pub const FAMILIES: [Family; 6] = [
    Family { name: "ww_role", prefix: "WW_ROLE_", about: "Which side of a connection a config is for." },
    Family {
        name: "ww_event_kind",
        prefix: "WW_EVENT_",
        about: "What an event is. `switch ((ww_event_kind)event.kind)` lets -Wswitch name the kinds that it forgets.",
    },
    Family { name: "ww_family", prefix: "WW_FAMILY_", about: "What the octets of a ww_address are." },
    Family {
        name: "ww_completion_kind",
        prefix: "WW_COMPLETION_",
        about: "What happened on a loop. `switch ((ww_completion_kind)completion.kind)` lets -Wswitch name what it forgets.",
    },
    Family { name: "ww_driver", prefix: "WW_DRIVER_", about: "What drives a loop." },
    Family { name: "ww_ws_opcode", prefix: "WW_WS_OP_", about: "The opcodes of frames (RFC 6455 §5.2)." },
];

impl Family {
    /// The items with one enum in place of these constants.
    pub fn gathered(&self, items: Vec<Item>) -> Vec<Item> {
        let (members, mut others): (Vec<Item>, Vec<Item>) = items.into_iter().partition(|item| self.has(item));
        assert!(!members.is_empty(), "there is no {}", self.prefix);
        let members = members.iter().map(member).collect::<Vec<_>>().join("\n");
        let (name, about) = (self.name, self.about);
        others.push(Item::new(format!("/**\n * {about}\n */\ntypedef enum {name} {{\n{members}\n}} {name};")));
        others
    }

    /// Flags are combined, so they are no family of this kind.
    fn has(&self, item: &Item) -> bool {
        item.name.starts_with(self.prefix) && !item.name.contains("_FLAG_")
    }
}

/// A constant as a line of an enum, with its comment above it.
fn member(constant: &Item) -> String {
    let lines = constant.text.lines().map(|line| match line.strip_prefix("#define ") {
        Some(define) => format!("    {},", define.replacen(' ', " = ", 1)),
        None => format!("    {line}"),
    });
    lines.collect::<Vec<_>>().join("\n")
}
