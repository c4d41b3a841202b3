//! The C calls: from arguments to what the parser takes. A call is a pass of its own, so that the head is written out of
//! registers.

use core::marker::PhantomData;

use super::out::{Kind, Out};
use super::table::Table;
use super::types::{self, ww_field, ww_head, ww_head_limits, ww_scan};
use crate::error::Code;
use crate::guard::HeadLimits;
use crate::http1::head::{self, Leaf, Pass, Scan, dispatch};

/// The arguments of a call as they came.
#[derive(Clone, Copy)]
pub(super) struct Arguments {
    pub input: *const u8,
    pub len: usize,
    pub limits: *const ww_head_limits,
    pub scan: *mut ww_scan,
    pub fields: *mut ww_field,
    pub fields_cap: usize,
    pub head: *mut ww_head,
}

/// A call for heads that begin with a `T`.
///
/// # Safety
///
/// As `ww_parse_request`.
#[inline(always)]
pub(super) unsafe fn parse<T: Kind>(arguments: Arguments) -> i32 {
    // SAFETY: what the caller promised; any octets are a `Held`.
    if arguments.are_usual() && unsafe { arguments.suit::<T>() && (*arguments.scan.cast::<Held>()).scan.is_fresh() } {
        let status = dispatch(Quick::<T>(arguments, PhantomData));
        if status == 0 {
            return 0;
        }
    }
    dispatch(Thorough::<T>(arguments, PhantomData))
}

/// The way of a head that is whole and well: 0, or else the other way goes on from the scan.
struct Quick<T>(Arguments, PhantomData<T>);

impl<T: Kind> Pass for Quick<T> {
    type Output = i32;

    #[inline(always)]
    fn run<L: Leaf>(self, leaf: L) -> i32 {
        let Arguments { input, len, limits, scan, fields, fields_cap, head } = self.0;
        // SAFETY: what the caller of `parse` promised, and nothing is NULL.
        let (octets, held, head) =
            unsafe { (core::slice::from_raw_parts(input, len), &mut *scan.cast::<Held>(), &mut *head) };
        let own;
        // SAFETY: what the caller of `parse` promised.
        let limits = match unsafe { limits.as_ref() } {
            None => T::DEFAULTS,
            Some(given) => match converted(given, T::DEFAULTS) {
                None => return Code::Argument as i32,
                Some(limits) => {
                    own = limits;
                    &own
                }
            },
        };
        // SAFETY: what the caller of `parse` promised.
        let mut table = unsafe { Table::new(input, fields, 0, fields_cap) };
        let parsed = head::quick::<L, T, Table>(leaf, octets, &mut held.scan, limits, &mut table);
        Out { input, held_input: &mut held.input, fields, head }.finish::<T>(Ok(parsed))
    }
}

/// The way of any other call.
struct Thorough<T>(Arguments, PhantomData<T>);

impl<T: Kind> Pass for Thorough<T> {
    type Output = i32;

    #[inline(always)]
    fn run<L: Leaf>(self, leaf: L) -> i32 {
        // SAFETY: what the caller of `parse` promised.
        let call = unsafe { Call::new(&self.0, T::DEFAULTS) };
        let Some(Call { input, scan, limits, mut table, out }) = call else { return Code::Argument as i32 };
        out.finish::<T>(head::thorough::<L, T, Table>(leaf, input, scan, &limits, &mut table))
    }
}

/// What is in a `ww_scan`. Any octets are one.
#[repr(C)]
pub(super) struct Held {
    pub scan: Scan,
    /// Where the input lay when the fields so far were written.
    input: usize,
}

const _: () = assert!(size_of::<Held>() <= size_of::<ww_scan>() && align_of::<Held>() <= align_of::<ww_scan>());

/// The checked arguments of one call.
struct Call<'a> {
    input: &'a [u8],
    scan: &'a mut Scan,
    limits: HeadLimits,
    table: Table,
    out: Out<'a>,
}

impl<'a> Call<'a> {
    /// `None` for arguments that are NULL or contradict each other.
    ///
    /// # Safety
    ///
    /// As `ww_parse_request`.
    #[inline(always)]
    unsafe fn new(arguments: &Arguments, defaults: &HeadLimits) -> Option<Self> {
        let Arguments { len, fields, fields_cap, .. } = *arguments;
        if !arguments.are_plausible() {
            return None;
        }
        // SAFETY: what the caller promised; any octets are a `Held`.
        let (held, head) = unsafe { (&mut *arguments.scan.cast::<Held>(), &mut *arguments.head) };
        // SAFETY: what the caller promised.
        let mut limits =
            unsafe { arguments.limits.as_ref() }.map_or(Some(*defaults), |limits| converted(limits, defaults))?;
        limits.fields_max = limits.fields_max.min(u32::try_from(fields_cap).unwrap_or(u32::MAX));
        let count = held.scan.fields() as usize;
        if len < held.scan.seen() as usize && held.scan.error().is_none() || fields_cap < count {
            return None;
        }
        // SAFETY: what the caller promised, and the lengths were checked.
        let input = if len == 0 { &[] } else { unsafe { core::slice::from_raw_parts(arguments.input, len) } };
        // SAFETY: what the caller promised: the fields so far were written by the calls before.
        let mut table = unsafe { Table::new(input.as_ptr(), fields, count, fields_cap) };
        if count != 0 && held.input != input.as_ptr() as usize {
            table.rebase(held.input, count);
        }
        let out = Out { input: input.as_ptr(), held_input: &mut held.input, fields, head };
        Some(Self { input, scan: &mut held.scan, limits, table, out })
    }
}

impl Arguments {
    /// Nothing is NULL or empty, and the length is one that memory can hold.
    #[inline(always)]
    fn are_usual(&self) -> bool {
        let pointers = !self.input.is_null() && !self.fields.is_null() && !self.scan.is_null() && !self.head.is_null();
        pointers && self.len as isize > 0
    }

    /// Whether the quick way knows the rule of targets.
    ///
    /// # Safety
    ///
    /// As `ww_parse_request`.
    #[inline(always)]
    unsafe fn suit<T: Kind>(&self) -> bool {
        // SAFETY: what the caller promised.
        let rule = unsafe { self.limits.as_ref() }.map_or(types::WW_TARGET_BROWSER, |limits| limits.target_rule);
        types::target_rule(rule).is_none_or(T::suits)
    }

    /// Nothing is NULL that must not be, and no length is beyond what memory can hold.
    #[inline(always)]
    fn are_plausible(&self) -> bool {
        let input = !self.input.is_null() || self.len == 0;
        let fields = !self.fields.is_null() || self.fields_cap == 0;
        input && fields && isize::try_from(self.len).is_ok() && !self.scan.is_null() && !self.head.is_null()
    }
}

/// The caller's limits; `None` for a struct of another size, and for a rule of targets that there is not.
///
/// Out of line, so that limits are read where they are: taken apart into registers, the defaults would cost more.
#[inline(never)]
fn converted(limits: &ww_head_limits, defaults: &HeadLimits) -> Option<HeadLimits> {
    let ww_head_limits { size, method_max, target_max, line_max, section_max, fields_max, target_rule } = *limits;
    let target = types::target_rule(target_rule)?;
    let or = |given: u32, default: u32| if given == 0 { default } else { given };
    let limits = HeadLimits {
        method_max: or(method_max, defaults.method_max),
        target_max: or(target_max, defaults.target_max),
        line_max: or(line_max, defaults.line_max),
        section_max: or(section_max, defaults.section_max),
        fields_max: or(fields_max, defaults.fields_max),
        target,
    };
    (size >= size_of::<ww_head_limits>()).then_some(limits)
}
