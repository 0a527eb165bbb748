use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, date};

/// A country by its two letters of ISO 3166-1.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Country([u8; 2]);

/// Why a text is no country.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is no country: the two letters of ISO 3166-1 are expected, such as DE or US")]
pub struct CountryError(String);

/// ISO 3166-1 alpha-2, officially assigned, as of 2026.
const ASSIGNED: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN \
    BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ \
    EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM \
    HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK \
    LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG \
    NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG \
    SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM \
    US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// The members of the European Union that have not left.
const UNION: &str =
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK";

/// The last day on which the United Kingdom was treated as a member, for value added tax.
const LAST_DAY_OF_GB: Date = date(2020, 12, 31);

impl Country {
    /// Its two letters.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("")
    }

    /// Whether it belonged to the European Union's area of value added tax on `day`. Accessions
    /// before 2013 are not told apart: AWS has billed since 2006.
    #[must_use]
    pub fn in_european_union(&self, day: Date) -> bool {
        let code = self.code();
        let since = match code {
            "BG" | "RO" => date(2007, 1, 1),
            "HR" => date(2013, 7, 1),
            "GB" => return day <= LAST_DAY_OF_GB,
            _ => Date::MIN,
        };
        listed(UNION, code) && since <= day
    }

    /// The letters that its VAT numbers begin with: Greece writes EL.
    #[must_use]
    pub fn tax_prefix(&self) -> &str {
        match self.code() {
            "GR" => "EL",
            code => code,
        }
    }
}

impl FromStr for Country {
    type Err = CountryError;

    fn from_str(text: &str) -> Result<Self, CountryError> {
        let code = text.trim().to_ascii_uppercase();
        match code.as_bytes() {
            [first, second] if listed(ASSIGNED, &code) => Ok(Self([*first, *second])),
            _ => Err(CountryError(text.chars().take(40).collect())),
        }
    }
}

fn listed(codes: &str, code: &str) -> bool {
    codes.split_ascii_whitespace().any(|one| one == code)
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
