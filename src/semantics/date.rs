//! Parsing HTTP dates (RFC 9110 §5.6.7): IMF-fixdate, and the two obsolete forms.
//!
//! Uses nothing. The date library that writes the Date field reads neither years before 1970 nor two-digit years by the
//! rule, which depends on the current time.

/// Seconds since 1970 in UTC of a date in any of the three forms; `None` if it is not a date. `now` determines the
/// century of a two-digit year: a date more than 50 years after `now` is in an earlier century.
///
/// The day of the week must be valid, but need not match the date. A leap second equals the second after it.
pub fn parse(text: &[u8], now: i64) -> Option<i64> {
    let date = Reader::read(text, IMF_FIXDATE)
        .or_else(|| Reader::read(text, RFC850_DATE).map(|date| date.with_century(now)))
        .or_else(|| Reader::read(text, ASCTIME_DATE))?;
    date.is_valid().then(|| date.seconds(0))
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`, in strftime notation.
const IMF_FIXDATE: &[u8] = b"%a, %d %b %Y %H:%M:%S GMT";
/// `Sunday, 06-Nov-94 08:49:37 GMT`
const RFC850_DATE: &[u8] = b"%A, %d-%b-%y %H:%M:%S GMT";
/// `Sun Nov  6 08:49:37 1994`
const ASCTIME_DATE: &[u8] = b"%a %b %e %H:%M:%S %Y";

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const LONG_DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/// Days of a year before each month, when February has 28.
const BEFORE_MONTH: [i64; 13] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];

/// The end of the year 9999, and as far back in the past: `now` is clamped to this.
const FAR: i64 = 253_402_300_799;
/// Average seconds of a year.
const YEAR: i64 = 31_556_952;

/// A date of the Gregorian calendar.
#[derive(Clone, Copy, Default)]
struct Civil {
    year: i64,
    /// From 0.
    month: usize,
    day: i64,
    /// Hour, minute, second.
    time: [i64; 3],
}

impl Civil {
    fn is_valid(&self) -> bool {
        let leap_day = i64::from(self.month == 1 && leap_days(self.year + 1) > leap_days(self.year));
        let days = BEFORE_MONTH[self.month + 1] - BEFORE_MONTH[self.month] + leap_day;
        let [hour, minute, second] = self.time;
        (1..=days).contains(&self.day) && hour < 24 && minute < 60 && second <= 60
    }

    /// The date with its two-digit year expanded.
    fn with_century(self, now: i64) -> Self {
        let now = now.clamp(-FAR, FAR);
        // The average may be a year off; comparing seconds corrects that.
        let last = 1970 + now.div_euclid(YEAR) + 51;
        let date = Self { year: last - (last - self.year).rem_euclid(100), ..self };
        if date.seconds(50) > now { Self { year: date.year - 100, ..date } } else { date }
    }

    /// Seconds since 1970 of the date `years` years earlier.
    fn seconds(&self, years: i64) -> i64 {
        let year = self.year - years;
        let leap_day = i64::from(self.month > 1 && leap_days(year + 1) > leap_days(year));
        let before = 365 * (year - 1970) + leap_days(year) - leap_days(1970);
        let days = before + BEFORE_MONTH[self.month] + leap_day + self.day - 1;
        let [hour, minute, second] = self.time;
        days * 86400 + hour * 3600 + minute * 60 + second
    }
}

/// Leap days before a year.
const fn leap_days(year: i64) -> i64 {
    let last = year - 1;
    last.div_euclid(4) - last.div_euclid(100) + last.div_euclid(400)
}

/// The remaining text, and the date so far.
struct Reader<'a> {
    rest: &'a [u8],
    date: Civil,
}

impl<'a> Reader<'a> {
    /// The date in `text` in this form.
    fn read(text: &'a [u8], form: &[u8]) -> Option<Civil> {
        let mut reader = Self { rest: text, date: Civil::default() };
        let mut form = form.iter();
        while let Some(&octet) = form.next() {
            if octet == b'%' { reader.part(*form.next()?) } else { reader.literal(octet) }?;
        }
        reader.rest.is_empty().then_some(reader.date)
    }

    fn part(&mut self, letter: u8) -> Option<()> {
        match letter {
            b'a' => self.name(&DAYS).map(|_| ()),
            b'A' => self.name(&LONG_DAYS).map(|_| ()),
            b'b' => self.name(&MONTHS).map(|month| self.date.month = month),
            b'd' => self.digits(2).map(|day| self.date.day = day),
            b'e' => self.padded_digits().map(|day| self.date.day = day),
            b'H' => self.digits(2).map(|hour| self.date.time[0] = hour),
            b'M' => self.digits(2).map(|minute| self.date.time[1] = minute),
            b'S' => self.digits(2).map(|second| self.date.time[2] = second),
            b'y' => self.digits(2).map(|year| self.date.year = year),
            _ => self.digits(4).map(|year| self.date.year = year),
        }
    }

    fn literal(&mut self, octet: u8) -> Option<()> {
        self.rest = self.rest.strip_prefix(&[octet])?;
        Some(())
    }

    /// The index of the name in its list, case-sensitively.
    fn name(&mut self, names: &[&str]) -> Option<usize> {
        let found = names.iter().position(|name| self.rest.starts_with(name.as_bytes()))?;
        self.rest = &self.rest[names[found].len()..];
        Some(found)
    }

    fn digits(&mut self, count: usize) -> Option<i64> {
        let (digits, rest) = self.rest.split_at_checked(count)?;
        let value = digits
            .iter()
            .try_fold(0, |value, octet| octet.is_ascii_digit().then(|| value * 10 + i64::from(octet - b'0')))?;
        self.rest = rest;
        Some(value)
    }

    /// Two digits, or a space and a digit.
    fn padded_digits(&mut self) -> Option<i64> {
        if self.literal(b' ').is_some() { self.digits(1) } else { self.digits(2) }
    }
}

#[cfg(test)]
mod tests;
