//! What was lent with a token: it comes back once, and not before its octets have left.

use super::handle::Handle;
use super::shown::has_output_in;

enum Loan {
    /// The call has not answered yet, or refused.
    Offered(Box<[u8]>),
    Lent(Box<[u8]>),
    /// The connection was reset: it may come back or not.
    Forgiven(#[allow(dead_code, reason = "the octets stay")] Box<[u8]>),
    Back,
}

/// All loans of one end; a token is the place in here.
#[derive(Default)]
pub struct Tokens {
    loans: Vec<Loan>,
}

impl Tokens {
    /// Octets to lend, and their token. A file has none.
    pub fn offer(&mut self, octets: Vec<u8>) -> (u64, *const u8) {
        let octets = octets.into_boxed_slice();
        let at = octets.as_ptr();
        self.loans.push(Loan::Offered(octets));
        (self.loans.len() as u64 - 1, at)
    }

    /// The call took what was offered last.
    pub fn taken(&mut self) {
        let last = self.loans.last_mut().expect("something was offered");
        if let Loan::Offered(octets) = std::mem::replace(last, Loan::Back) {
            *last = Loan::Lent(octets);
        }
    }

    pub fn released(&mut self, token: u64, handle: &Handle) {
        let loan = self.loans.get_mut(token as usize).expect("a token that was given");
        match std::mem::replace(loan, Loan::Back) {
            Loan::Lent(octets) => {
                let is_out = has_output_in(handle, octets.as_ptr_range());
                assert!(octets.is_empty() || !is_out, "released before it was sent");
            }
            Loan::Forgiven(_) => {}
            Loan::Offered(_) => panic!("released though it was refused"),
            Loan::Back => panic!("released twice"),
        }
    }

    pub fn forgive(&mut self) {
        for loan in &mut self.loans {
            if let Loan::Lent(octets) = loan {
                *loan = Loan::Forgiven(std::mem::take(octets));
            }
        }
    }

    pub fn are_all_back(&self) -> bool {
        !self.loans.iter().any(|loan| matches!(loan, Loan::Lent(_)))
    }
}
