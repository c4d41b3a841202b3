//! What was lent to a server: each token comes back once, with its own connection, before that is closed.

use wireway::ffi::event::ww_id;

struct Loan {
    conn: ww_id,
    /// Octets that stay until then; a file has none.
    #[allow(dead_code, reason = "they only stay")]
    octets: Box<[u8]>,
    is_lent: bool,
}

/// All loans; a token is the place in here.
#[derive(Default)]
pub struct Loans {
    loans: Vec<Loan>,
}

impl Loans {
    /// Octets to lend to a connection, and their token.
    pub fn offer(&mut self, conn: ww_id, octets: Vec<u8>) -> (u64, *const u8) {
        let octets = octets.into_boxed_slice();
        let at = octets.as_ptr();
        self.loans.push(Loan { conn, octets, is_lent: false });
        (self.loans.len() as u64 - 1, at)
    }

    /// The call took what was offered last.
    pub fn taken(&mut self) {
        self.loans.last_mut().expect("something was offered").is_lent = true;
    }

    pub fn released(&mut self, conn: ww_id, token: u64) {
        let loan = self.loans.get_mut(token as usize).expect("a token that was given");
        assert_eq!(loan.conn, conn, "a token of another connection");
        assert!(std::mem::take(&mut loan.is_lent), "released twice, or though it was refused");
        loan.octets = Box::default();
    }

    pub fn are_back(&self, conn: ww_id) -> bool {
        !self.loans.iter().any(|loan| loan.conn == conn && loan.is_lent)
    }
}
