//! What the comments say of each member: its default, and the most that it may be.

use super::*;
use core::mem::{size_of, zeroed};

/// A member of the struct, as the source has it.
struct Member {
    name: &'static str,
    at: usize,
    size: usize,
    about: String,
}

fn members() -> Vec<Member> {
    let source = include_str!("../config.rs");
    let (_, body) = source.split_once("pub struct ww_conn_config {").expect("the struct");
    let (body, _) = body.split_once("\n}").expect("its end");
    let (mut members, mut about, mut at): (Vec<Member>, String, usize) = Default::default();
    for line in body.lines().map(str::trim) {
        if let Some(text) = line.strip_prefix("/// ") {
            about = about + text + " ";
        } else if let Some((name, kind)) = line.strip_prefix("pub ").and_then(|member| member.split_once(": ")) {
            let size = match kind {
                "u8," => 1,
                "u32," => 4,
                "ww_span," => 16,
                _ => 8,
            };
            at = at.next_multiple_of(size.min(8));
            members.push(Member { name, at, size, about: core::mem::take(&mut about) });
            at += size;
        }
    }
    assert_eq!(at, size_of::<ww_conn_config>(), "the members were not understood");
    members
}

/// The number behind these words, as `64`, `10,000` or `16 MiB`; `None` where it depends on others.
fn number(about: &str, words: &str) -> Option<u64> {
    let (_, rest) = about.split_once(words)?;
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != ',').unwrap_or(rest.len());
    let count: u64 = rest[..end].replace(',', "").parse().ok()?;
    let unit = rest[end..].trim_start();
    let shift = [("KiB", 10), ("MiB", 20), ("GiB", 30)].iter().find(|(name, _)| unit.starts_with(name));
    (!unit.contains("iB less")).then_some(count << shift.map_or(0, |(_, shift)| *shift))
}

/// A config of nothing but this.
fn with(member: &Member, value: u64) -> Result<Config, Error> {
    // SAFETY: all-zero octets are a valid config.
    let mut config: ww_conn_config = unsafe { zeroed() };
    config.size = size_of::<ww_conn_config>();
    let octets = if cfg!(target_endian = "big") { value << (64 - 8 * member.size) } else { value }.to_ne_bytes();
    // SAFETY: within the struct, by its size.
    unsafe { (&raw mut config).cast::<u8>().add(member.at).copy_from(octets.as_ptr(), member.size) };
    config.convert()
}

fn reason(error: Error) -> &'static str {
    error.fault.reason.to_str().expect("ASCII")
}

/// The reasons name the numbers of the comments.
#[test]
fn what_is_wrong_is_said_by_member() {
    let members = members();
    let refused = |name: &str, value: u64| {
        let member = members.iter().find(|member| member.name == name).expect("a member");
        reason(with(member, value).expect_err("out of range"))
    };
    for (name, value) in [("role", 2), ("flags", 1 << 31), ("reserved", 1), ("deflate_level", 10)] {
        assert!(refused(name, value).contains(&format!("`{name}`")), "{name}: {}", refused(name, value));
    }
    assert_eq!(refused("low_water", 256 * 1024 + 1), "`low_water` is above `high_water`");
    assert_eq!(refused("lend_max", u32::MAX.into()), "`lend_max` is above 16 MiB");
    assert!(
        refused("flags", (WW_CONN_STRICT_TARGET | WW_CONN_LENIENT_TARGET).into()).contains("WW_CONN_LENIENT_TARGET")
    );
}

#[test]
fn defaults_are_those_of_the_comments() {
    let defaults = Ok(Config::new(Role::Server));
    let members = members();
    let told = members.iter().filter_map(|member| Some((member, number(&member.about, "default ")?)));
    let mut count = 0;
    for (member, default) in told {
        assert_eq!(with(member, default), defaults, "{} is not {default} by default", member.name);
        assert_ne!(with(member, default + 1), defaults, "{} does nothing", member.name);
        count += 1;
    }
    assert!(count > 25, "the defaults were not found: {count}");
}

#[test]
fn what_is_out_of_range_is_so_by_the_comments() {
    let mut count = 0;
    let is_number = |member: &&Member| member.size == 4 && !["role", "flags", "reserved_1"].contains(&member.name);
    for member in members().iter().filter(is_number) {
        match number(&member.about, "at most ") {
            Some(most) => {
                assert!(with(member, most).is_ok(), "{} may be {most}", member.name);
                let error = with(member, most + 1).expect_err("more than the most");
                let words = format!("`{}` is above ", member.name);
                assert_eq!(number(reason(error), &words), Some(most), "{}: {error:?}", member.name);
                count += 1;
            }
            None if member.about.contains("at most ") => {}
            None => assert!(with(member, u32::MAX.into()).is_ok(), "{} has a limit that is not told", member.name),
        }
    }
    assert!(count > 5, "the limits were not found: {count}");
}
