use super::parse;
use std::time::{Duration, SystemTime};

/// 2026-11-28 12:00:00.
const NOW: i64 = 1_795_867_200;

#[test]
fn h1_sem_05_the_three_forms_are_one_date() {
    for text in ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
        assert_eq!(parse(text.as_bytes(), NOW), Some(784_111_777), "{text}");
    }
    for (text, seconds) in [
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Wed, 31 Dec 1969 23:59:59 GMT", -1),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799),
        ("Sat, 01 Jan 0000 00:00:00 GMT", -62_167_219_200),
        ("Tue Nov 16 08:49:37 1993", 753_439_777),
        ("Tue, 29 Feb 2000 00:00:00 GMT", 951_782_400),
        ("Mon, 06 Nov 1994 08:49:37 GMT", 784_111_777),
        ("Sat, 31 Dec 2016 23:59:60 GMT", 1_483_228_800),
    ] {
        assert_eq!(parse(text.as_bytes(), NOW), Some(seconds), "{text}");
    }
}

#[test]
fn h1_sem_06_a_two_digit_year_is_not_more_than_fifty_years_ahead() {
    let of = |now, text: &str| parse(text.as_bytes(), now);
    let long = |text: &str| parse(text.as_bytes(), 0);
    for (now, two_digits, four_digits) in [
        (NOW, "Saturday, 28-Nov-76 12:00:00 GMT", "Sat, 28 Nov 2076 12:00:00 GMT"),
        (NOW, "Saturday, 28-Nov-76 12:00:01 GMT", "Sun, 28 Nov 1976 12:00:01 GMT"),
        (NOW, "Friday, 01-Jan-77 00:00:00 GMT", "Sat, 01 Jan 1977 00:00:00 GMT"),
        (NOW, "Friday, 01-Jan-26 00:00:00 GMT", "Thu, 01 Jan 2026 00:00:00 GMT"),
        (NOW, "Tuesday, 29-Feb-00 00:00:00 GMT", "Tue, 29 Feb 2000 00:00:00 GMT"),
        (0, "Friday, 31-Dec-99 23:59:59 GMT", "Fri, 31 Dec 1999 23:59:59 GMT"),
        (0, "Friday, 01-Jan-20 00:00:00 GMT", "Wed, 01 Jan 2020 00:00:00 GMT"),
        (0, "Friday, 01-Jan-20 00:00:01 GMT", "Thu, 01 Jan 1920 00:00:01 GMT"),
        (-1, "Friday, 31-Dec-19 23:59:59 GMT", "Tue, 31 Dec 2019 23:59:59 GMT"),
        (-1, "Friday, 01-Jan-20 00:00:00 GMT", "Thu, 01 Jan 1920 00:00:00 GMT"),
    ] {
        assert!(long(four_digits).is_some(), "{four_digits}");
        assert_eq!(of(now, two_digits), long(four_digits), "{now} {two_digits}");
    }
    assert_eq!(of(NOW, "Tuesday, 29-Feb-77 00:00:00 GMT"), None, "1977 is no leap year");
    for now in [i64::MIN, i64::MAX] {
        assert!(of(now, "Friday, 01-Jan-20 00:00:00 GMT").is_some());
    }
}

#[test]
fn h1_sem_05_what_is_no_date() {
    for text in [
        "",
        "0",
        "Sun",
        "Sun, 06 Nov 1994 08:49:37",
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 06 Nov 1994 08:49:37 GMT ",
        " Sun, 06 Nov 1994 08:49:37 GMT",
        "sun, 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 nov 1994 08:49:37 GMT",
        "Sun,06 Nov 1994 08:49:37 GMT",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 94 08:49:37 GMT",
        "Sun, 00 Nov 1994 08:49:37 GMT",
        "Sun, 31 Nov 1994 08:49:37 GMT",
        "Sun, 29 Feb 1900 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 08:60:37 GMT",
        "Sun, 06 Nov 1994 08:49:61 GMT",
        "Sun, 06 Nov 1994 08:49:-7 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-1994 08:49:37 GMT",
        "Sun, 06-Nov-94 08:49:37 GMT",
        "Sun Nov 6 08:49:37 1994",
        "Sun Nov  6 08:49:37 94",
        "Sun Nov  6 08:49:37 1994 GMT",
        "1994-11-06T08:49:37Z",
        "Sun, 06 Nov 1994 08:49:\u{663}7 GMT",
    ] {
        assert_eq!(parse(text.as_bytes(), NOW), None, "{text}");
    }
}

/// The date library writes, from another calendar, what is read here; and reads the same where it reads.
#[test]
fn h1_sem_05_what_the_date_library_writes_is_read() {
    for seconds in (0..253_402_300_799u64).step_by(86_399 * 97) {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        let text = httpdate::fmt_http_date(time);
        assert_eq!(parse(text.as_bytes(), NOW), i64::try_from(seconds).ok(), "{text}");
    }
}
