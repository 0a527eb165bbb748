use clap::{Args, Subcommand};

/// `tally buyers`.
#[derive(Debug, Subcommand)]
pub enum Buyers {
    /// Who is billed other than by name alone
    List,
    /// How one is billed
    Show {
        /// Whom: person:NAME, team:NAME or client:NAME
        #[arg(value_name = "KIND:NAME")]
        whom: String,
    },
    /// Say how one is billed from the next draft on; what is not said stays as it is
    Set(Box<SetBuyer>),
    /// Forget it: by name alone from the next draft on
    Remove {
        /// Whom: person:NAME, team:NAME or client:NAME
        #[arg(value_name = "KIND:NAME")]
        whom: String,
    },
}

/// `tally buyers set`.
#[derive(Debug, Args)]
pub struct SetBuyer {
    /// Whom: person:NAME, team:NAME or client:NAME
    #[arg(value_name = "KIND:NAME")]
    pub whom: String,
    /// The name on paper, where it is not their own
    #[arg(long)]
    pub name: Option<String>,
    /// A line of the street address; once a line
    #[arg(long, value_name = "LINE")]
    pub address: Vec<String>,
    /// The post code
    #[arg(long, value_name = "CODE")]
    pub post_code: Option<String>,
    /// The city
    #[arg(long)]
    pub city: Option<String>,
    /// State, province or canton
    #[arg(long)]
    pub region: Option<String>,
    /// The country, such as FR: taxes go by it
    #[arg(long, value_name = "CC")]
    pub country: Option<String>,
    /// VAT, GST or other tax id; checked by the country's rules
    #[arg(long, value_name = "ID")]
    pub tax_id: Option<String>,
    /// The number in the register of companies
    #[arg(long, value_name = "ID")]
    pub legal_id: Option<String>,
    /// The address for mail on paper
    #[arg(long)]
    pub email: Option<String>,
    /// The telephone number
    #[arg(long)]
    pub phone: Option<String>,
    /// Where electronic invoices reach them: a scheme of the list EAS and an address, such as 0088:5790000435951
    #[arg(long, value_name = "SCHEME:ID")]
    pub endpoint: Option<String>,
    /// Whom invoices are sent to; once an address
    #[arg(long = "send-to", value_name = "EMAIL")]
    pub invoice_emails: Vec<String>,
    /// The purchase order that invoices refer to
    #[arg(long, value_name = "NUMBER")]
    pub purchase_order: Option<String>,
    /// Days until an invoice is due
    #[arg(long, value_name = "DAYS")]
    pub payment_days: Option<u16>,
    /// The language of their paper, such as de
    #[arg(long, value_name = "LL")]
    pub language: Option<String>,
    /// What their invoices are in, such as EUR: costs are converted by the rate of the month's last day
    #[arg(long, value_name = "CODE")]
    pub currency: Option<String>,
    /// How they are taxed where that does not follow from the countries: standard, reduced, zero, exempt,
    /// `reverse_charge`, `intra_community`, export or `out_of_scope`
    #[arg(long, value_name = "CATEGORY")]
    pub tax: Option<String>,
    /// Why nothing is charged, as the document states it
    #[arg(long, value_name = "TEXT", requires = "tax")]
    pub tax_reason: Option<String>,
    /// What is sent for their own program besides the paper: ubl or cii, or `factur_x` in place of the plain paper
    #[arg(long, value_name = "KIND")]
    pub electronic: Option<String>,
    /// A field to be forgotten, such as `tax_id` or tax; once a field
    #[arg(long, value_name = "FIELD")]
    pub forget: Vec<String>,
}
