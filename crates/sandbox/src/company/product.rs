//! What Cost Explorer calls a service, and what exports call the same: product code, name, category.

/// A service as exports and FOCUS know it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Product {
    /// The product code of a Cost and Usage Report.
    pub code: &'static str,
    /// The name in a report's product columns and in FOCUS.
    pub name: &'static str,
    /// FOCUS ServiceCategory.
    pub category: &'static str,
    /// FOCUS ServiceSubcategory.
    pub subcategory: &'static str,
}

const fn product(
    code: &'static str,
    name: &'static str,
    category: &'static str,
    subcategory: &'static str,
) -> Product {
    Product {
        code,
        name,
        category,
        subcategory,
    }
}

const COMPUTE_CLOUD: Product = product(
    "AmazonEC2",
    "Amazon Elastic Compute Cloud",
    "Compute",
    "Virtual Machines",
);
const DATABASE: Product = product(
    "AmazonRDS",
    "Amazon Relational Database Service",
    "Databases",
    "Relational Databases",
);
const STORAGE: Product = product(
    "AmazonS3",
    "Amazon Simple Storage Service",
    "Storage",
    "Object Storage",
);
const BALANCING: Product = product(
    "AWSELB",
    "Elastic Load Balancing",
    "Networking",
    "Application Networking",
);
const LAMBDA: Product = product("AWSLambda", "AWS Lambda", "Compute", "Serverless Compute");
const WATCH: Product = product(
    "AmazonCloudWatch",
    "AmazonCloudWatch",
    "Management and Governance",
    "Observability",
);
const NAMES: Product = product(
    "AmazonRoute53",
    "Amazon Route 53",
    "Networking",
    "Other (Networking)",
);
const EXPLORER: Product = product(
    "AWSCostExplorer",
    "AWS Cost Explorer",
    "Management and Governance",
    "Cost Management",
);
const KEYS: Product = product(
    "awskms",
    "AWS Key Management Service",
    "Security",
    "Other (Security)",
);
const TRANSFER: Product = product(
    "AWSTransfer",
    "AWS Transfer Family",
    "Migration",
    "Data Migration",
);
const PLANS: Product = product(
    "ComputeSavingsPlans",
    "Savings Plans for AWS Compute usage",
    "Compute",
    "Other (Compute)",
);
const SUPPORT: Product = product(
    "AWSSupportBusiness",
    "AWS Support (Business)",
    "Other",
    "Other (Other)",
);
const OBSERVABILITY: Product = product(
    "4k9vq2d7m1xw8zfourfolddemo",
    "Fourfold Observability",
    "Management and Governance",
    "Observability",
);
const UNNAMED: Product = product("", "", "Other", "Other (Other)");

/// The product behind a service of Cost Explorer, which parts EC2 in two.
pub(crate) fn of(service: &str) -> &'static Product {
    match service {
        "Amazon Elastic Compute Cloud - Compute" | "EC2 - Other" => &COMPUTE_CLOUD,
        "Amazon Relational Database Service" => &DATABASE,
        "Amazon Simple Storage Service" => &STORAGE,
        "Amazon Elastic Load Balancing" => &BALANCING,
        "AWS Lambda" => &LAMBDA,
        "AmazonCloudWatch" => &WATCH,
        "Amazon Route 53" => &NAMES,
        "AWS Cost Explorer" => &EXPLORER,
        "AWS Key Management Service" => &KEYS,
        "AWS Transfer Family" => &TRANSFER,
        "Savings Plans for AWS Compute usage" => &PLANS,
        "AWS Support (Business)" => &SUPPORT,
        "Fourfold Observability" => &OBSERVABILITY,
        _ => &UNNAMED,
    }
}

/// Who sells what a line is for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Seller {
    /// `AWS` or `AWS Marketplace`.
    pub billing_entity: &'static str,
    /// The company that sells it.
    pub name: &'static str,
}

pub(crate) const AMAZON: Seller = Seller {
    billing_entity: "AWS",
    name: "Amazon Web Services, Inc.",
};

pub(crate) const FOURFOLD: Seller = Seller {
    billing_entity: "AWS Marketplace",
    name: "Fourfold Software, Inc.",
};
