//! Every leaf gives the same result for every octet, at every place of an input of every length, and reads nothing
//! outside it.

use super::super::octet::{self, CONTROL, TARGET, TOKEN};
use super::*;

pub(in super::super) const CHOICES: [Choice; 5] =
    [Choice::Portable, Choice::Sse2, Choice::Ssse3, Choice::Avx2, Choice::Neon];

struct Compare<'a>(&'a [u8]);

impl Pass for Compare<'_> {
    type Output = ();

    #[inline(always)]
    fn run<L: Leaf>(self, leaf: L) {
        for at in 0..=self.0.len() {
            let rest = &self.0[at..];
            assert_eq!(masks(leaf, self.0, at), expected(rest), "at {at} of {}", self.0.len());
            let stops = bits(&rest[..rest.len().min(32)], |octet| !octet::is(octet, TARGET));
            assert_eq!(u64::from(target_stops(leaf, self.0, at)), stops, "at {at} of {}", self.0.len());
        }
    }
}

fn expected(rest: &[u8]) -> Masks {
    let rest = &rest[..rest.len().min(64)];
    Masks {
        control: bits(rest, |octet| octet::is(octet, CONTROL)),
        delimiter: bits(rest, |octet| !octet::is(octet, TOKEN | CONTROL)),
    }
}

fn bits(octets: &[u8], class: impl Fn(u8) -> bool) -> u64 {
    octets.iter().enumerate().map(|(bit, octet)| u64::from(class(*octet)) << bit).sum()
}

#[test]
fn every_leaf_classifies_every_octet() {
    let all: Vec<u8> = (0..=255).cycle().take(320).collect();
    let ran = CHOICES.iter().filter_map(|choice| dispatch_to(*choice, Compare(&all))).count();
    assert!(ran >= 1);
}

#[test]
fn every_leaf_compares_names_up_to_their_length() {
    struct Names;
    impl Pass for Names {
        type Output = ();
        #[inline(always)]
        fn run<L: Leaf>(self, leaf: L) {
            let known: [u8; 32] = *b"abcdefghijklmnopqrstuvwxyz-01234";
            for len in 1..=32 {
                let mut name = [b'?'; 32];
                name[..len].copy_from_slice(&known.to_ascii_uppercase()[..len]);
                assert!(leaf.same_name(&name, &known, 0, len), "{len}");
                name[len - 1] = b'!';
                assert!(!leaf.same_name(&name, &known, 0, len), "{len}");
                let at = len - 1;
                assert!(!leaf.same_name(&name, &known, at, 1), "{len}");
                assert!(at == 0 || leaf.same_name(&name, &known, at / 2, at - at / 2), "{len}");
            }
        }
    }
    for choice in CHOICES {
        dispatch_to(choice, Names);
    }
}

/// Inputs next to an unreadable page, at either end.
#[cfg(all(unix, feature = "io"))]
#[test]
fn nothing_is_read_outside_the_input() {
    let page = Guarded::new();
    for len in 0..=200 {
        for input in [page.last(len), page.first(len)] {
            for choice in CHOICES {
                dispatch_to(choice, Compare(input));
            }
        }
    }
}

#[cfg(all(unix, feature = "io"))]
pub(in super::super) struct Guarded(*mut u8);

#[cfg(all(unix, feature = "io"))]
impl Guarded {
    /// At least the page size of every supported platform.
    const PAGE: usize = 65536;

    /// A page with all octets in turn, between two inaccessible pages.
    pub fn new() -> Self {
        let (none, all) = (libc::PROT_NONE, libc::PROT_READ | libc::PROT_WRITE);
        // SAFETY: a fresh private mapping of three pages, the middle one of which is made accessible and filled.
        unsafe {
            let flags = libc::MAP_PRIVATE | libc::MAP_ANON;
            let start = libc::mmap(core::ptr::null_mut(), 3 * Self::PAGE, none, flags, -1, 0);
            assert_ne!(start, libc::MAP_FAILED);
            let page = start.cast::<u8>().add(Self::PAGE);
            assert_eq!(libc::mprotect(page.cast(), Self::PAGE, all), 0);
            for at in 0..Self::PAGE {
                page.add(at).write(at as u8);
            }
            Self(page)
        }
    }

    /// The octets before the end of the page.
    pub fn last(&self, len: usize) -> &[u8] {
        // SAFETY: they are within the page, which is mapped while `self` lives.
        unsafe { core::slice::from_raw_parts(self.0.add(Self::PAGE - len), len) }
    }

    /// The octets from the start of the page.
    fn first(&self, len: usize) -> &[u8] {
        // SAFETY: they are within the page, which is mapped while `self` lives.
        unsafe { core::slice::from_raw_parts(self.0, len) }
    }

    /// Writes `octets` to the end of the page.
    pub fn place(&mut self, octets: &[u8]) -> &[u8] {
        // SAFETY: within the page, and `&mut self` says that no slice of it is out.
        unsafe { core::ptr::copy_nonoverlapping(octets.as_ptr(), self.0.add(Self::PAGE - octets.len()), octets.len()) };
        self.last(octets.len())
    }
}

#[cfg(all(unix, feature = "io"))]
impl Drop for Guarded {
    fn drop(&mut self) {
        // SAFETY: the three pages of `new`.
        unsafe { libc::munmap(self.0.sub(Self::PAGE).cast(), 3 * Self::PAGE) };
    }
}
