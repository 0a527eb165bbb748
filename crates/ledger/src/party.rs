use std::fmt;
use std::str::FromStr;

use crate::{Country, Name};

/// Seller or buyer, as printed. What is older than a field reads as if nobody had filled it in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Who it is.
    pub name: Name,
    /// Lines of the street address, in order.
    pub address: Vec<String>,
    /// The post code.
    pub post_code: Option<String>,
    /// The city.
    pub city: Option<String>,
    /// State, province or canton.
    pub region: Option<String>,
    /// The country: what taxes and electronic invoices go by.
    pub country: Option<Country>,
    /// VAT, GST or other tax id.
    pub tax_id: Option<String>,
    /// The number in the register of companies.
    pub legal_id: Option<String>,
    /// An address for questions.
    pub email: Option<String>,
    /// A telephone number for questions.
    pub phone: Option<String>,
    /// Where a seller is paid.
    pub bank: Option<BankAccount>,
    /// Where electronic invoices reach it.
    pub endpoint: Option<Endpoint>,
}

/// Where money goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankAccount {
    /// The account.
    pub iban: Iban,
    /// The bank's code.
    pub bic: Option<String>,
    /// The bank's name.
    pub bank: Option<String>,
}

/// An account number of ISO 13616, without spaces; its check digits are right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Iban(String);

/// An address for electronic invoices, such as in the Peppol network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    scheme: String,
    id: String,
}

/// Why a part of a party cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PartyError {
    /// Not an account number.
    #[error(
        "\"{0}\" is no IBAN: two letters, two check digits and up to 30 letters and digits are expected"
    )]
    Iban(String),
    /// A slip of the pen.
    #[error("the check digits of the IBAN \"{0}\" are wrong: one of its characters is")]
    CheckDigits(String),
    /// A code of a list that has no such code.
    #[error(
        "\"{0}\" is no scheme of electronic addresses: a code of the list EAS is expected, such as 0088 (GLN), 9930 (German VAT id) or EM (mail)"
    )]
    Scheme(String),
    /// An address without an address.
    #[error("an electronic address has 1 to 100 characters without spaces")]
    Endpoint,
}

/// Electronic address schemes (CEF list EAS) that EN 16931 admits.
const SCHEMES: &str = "0002 0007 0009 0037 0060 0088 0096 0097 0106 0130 0135 0142 0147 0151 0154 0158 0170 \
    0177 0183 0184 0188 0190 0191 0192 0193 0194 0195 0196 0198 0199 0200 0201 0202 0203 0204 0205 0208 0209 \
    0210 0211 0212 0213 0215 0216 0217 0218 0219 0220 0221 0225 0230 0235 0240 0242 0244 0245 0246 0248 9910 \
    9913 9914 9915 9918 9919 9920 9922 9923 9924 9925 9926 9927 9928 9929 9930 9931 9932 9933 9934 9935 9936 \
    9937 9938 9939 9940 9941 9942 9943 9944 9945 9946 9947 9948 9949 9950 9951 9952 9953 9957 9959 AN AQ AS \
    AU EM";

impl Party {
    /// Somebody of whom no more than the name is known.
    #[must_use]
    pub const fn new(name: Name) -> Self {
        Self {
            name,
            address: Vec::new(),
            post_code: None,
            city: None,
            region: None,
            country: None,
            tax_id: None,
            legal_id: None,
            email: None,
            phone: None,
            bank: None,
            endpoint: None,
        }
    }
}

impl Endpoint {
    /// An address of a scheme.
    ///
    /// # Errors
    /// [`PartyError::Scheme`], [`PartyError::Endpoint`].
    pub fn new(scheme: &str, id: &str) -> Result<Self, PartyError> {
        let (scheme, id) = (scheme.trim().to_ascii_uppercase(), id.trim());
        if !SCHEMES.split_ascii_whitespace().any(|one| one == scheme) {
            return Err(PartyError::Scheme(scheme.chars().take(40).collect()));
        }
        let spaced = |c: char| c.is_whitespace() || c.is_control();
        if !(1..=100).contains(&id.chars().count()) || id.contains(spaced) {
            return Err(PartyError::Endpoint);
        }
        Ok(Self {
            scheme,
            id: id.to_owned(),
        })
    }

    /// The scheme's code.
    #[must_use]
    pub fn scheme(&self) -> &str {
        &self.scheme
    }

    /// The address.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }
}

impl Iban {
    /// The number without spaces.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Iban {
    type Err = PartyError;

    fn from_str(text: &str) -> Result<Self, PartyError> {
        let iban: String = text
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| c.to_ascii_uppercase())
            .collect();
        let shown = || text.chars().take(50).collect();
        let bytes = iban.as_bytes();
        let formed = (15..=34).contains(&bytes.len())
            && bytes[..2].iter().all(u8::is_ascii_uppercase)
            && bytes[2..4].iter().all(u8::is_ascii_digit)
            && bytes[4..].iter().all(u8::is_ascii_alphanumeric);
        if !formed {
            return Err(PartyError::Iban(shown()));
        }
        // ISO 13616: the first four behind the rest, letters as two digits, modulo 97 leaves one.
        let rest = bytes[4..].iter().chain(&bytes[..4]).fold(0_u32, |rest, b| {
            if b.is_ascii_digit() {
                (rest * 10 + u32::from(b - b'0')) % 97
            } else {
                (rest * 100 + u32::from(b - b'A') + 10) % 97
            }
        });
        if rest == 1 {
            Ok(Self(iban))
        } else {
            Err(PartyError::CheckDigits(shown()))
        }
    }
}

impl fmt::Display for Iban {
    /// In groups of four, as people read it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, character) in self.0.chars().enumerate() {
            if at > 0 && at % 4 == 0 {
                f.write_str(" ")?;
            }
            write!(f, "{character}")?;
        }
        Ok(())
    }
}
