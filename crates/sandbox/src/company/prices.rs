//! List prices, in nano-dollars, of what the company uses. From the public price list of
//! us-east-1; other regions carry a surcharge in the same order as the real one.

use super::line::{Nano, ONE};

/// A region that the company uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Region {
    pub code: &'static str,
    /// What usage types of the region begin with.
    pub prefix: &'static str,
    /// Price level against us-east-1, in thousandths.
    pub level: i128,
}

pub(crate) const VIRGINIA: Region = Region {
    code: "us-east-1",
    prefix: "",
    level: 1_000,
};
pub(crate) const IRELAND: Region = Region {
    code: "eu-west-1",
    prefix: "EU-",
    level: 1_115,
};
pub(crate) const FRANKFURT: Region = Region {
    code: "eu-central-1",
    prefix: "EUC1-",
    level: 1_198,
};

/// The regions that the company uses.
pub(crate) const REGIONS: [Region; 3] = [VIRGINIA, IRELAND, FRANKFURT];

/// What AWS calls a region; nothing for what is none.
pub(crate) fn region_name(code: &str) -> &'static str {
    match code {
        "us-east-1" => "US East (N. Virginia)",
        "eu-west-1" => "EU (Ireland)",
        "eu-central-1" => "EU (Frankfurt)",
        _ => "",
    }
}

impl Region {
    pub fn price(self, list: Nano) -> Nano {
        list * self.level / 1_000
    }
}

/// Price per hour and normalisation factor (in quarters) of an instance type.
pub(crate) fn instance(kind: &str) -> (Nano, Nano) {
    let price = match kind {
        "t3.medium" => 41_600_000,
        "t3.large" => 83_200_000,
        "m5.2xlarge" => 384_000_000,
        "m6i.large" => 96_000_000,
        "m6i.xlarge" => 192_000_000,
        "c6i.xlarge" => 170_000_000,
        "c6i.2xlarge" => 340_000_000,
        "r6i.2xlarge" => 504_000_000,
        "g5.xlarge" => 1_006_000_000,
        "db.t4g.medium" => 65_000_000,
        "db.r6g.large" => 225_000_000,
        "db.r6g.xlarge" => 450_000_000,
        "db.r6g.2xlarge" => 899_000_000,
        _ => 100_000_000,
    };
    (price, normalisation_quarters(kind))
}

/// AWS's normalisation factors: nano 0.25 … 2xlarge 16; here in quarters.
fn normalisation_quarters(kind: &str) -> Nano {
    match kind.rsplit('.').next().unwrap_or_default() {
        "nano" => 1,
        "micro" => 2,
        "small" => 4,
        "medium" => 8,
        "large" => 16,
        "xlarge" => 32,
        "2xlarge" => 64,
        "4xlarge" => 128,
        _ => 0,
    }
}

pub(crate) const GP3_GIGABYTE_MONTH: Nano = 80_000_000;
pub(crate) const SNAPSHOT_GIGABYTE_MONTH: Nano = 50_000_000;
pub(crate) const NAT_HOUR: Nano = 45_000_000;
pub(crate) const NAT_GIGABYTE: Nano = 45_000_000;
pub(crate) const RDS_GIGABYTE_MONTH: Nano = 115_000_000;
pub(crate) const S3_GIGABYTE_MONTH: Nano = 23_000_000;
pub(crate) const S3_WRITE_REQUEST: Nano = 5_000;
pub(crate) const S3_READ_REQUEST: Nano = 400;
pub(crate) const BALANCER_HOUR: Nano = 22_500_000;
pub(crate) const BALANCER_CAPACITY_HOUR: Nano = 8_000_000;
pub(crate) const LAMBDA_GIGABYTE_SECOND: Nano = 16_667;
pub(crate) const LAMBDA_REQUEST: Nano = 200;
pub(crate) const LOG_GIGABYTE: Nano = 500_000_000;

/// Something that is bought by the piece.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Product {
    pub service: &'static str,
    pub usage: &'static str,
    pub operation: &'static str,
    pub unit: &'static str,
    pub price: Nano,
}

const fn product(
    service: &'static str,
    usage: &'static str,
    operation: &'static str,
    unit: &'static str,
    price: Nano,
) -> Product {
    Product {
        service,
        usage,
        operation,
        unit,
        price,
    }
}

const SFTP: &str = "AWS Transfer Family";

pub(crate) const METRIC: Product = product(
    "AmazonCloudWatch",
    "CW:MetricMonitorUsage",
    "MetricStorage",
    "Metrics",
    300_000_000,
);
pub(crate) const HOSTED_ZONE: Product = product(
    "Amazon Route 53",
    "HostedZone",
    "HostedZone",
    "HostedZone",
    500_000_000,
);
pub(crate) const COST_QUESTION: Product = product(
    "AWS Cost Explorer",
    "APIRequest",
    "GetCostAndUsage",
    "Requests",
    10_000_000,
);
pub(crate) const KEY: Product = product(
    "AWS Key Management Service",
    "KMS-Keys",
    "CreateKey",
    "Keys",
    ONE,
);
pub(crate) const EGRESS: Product = product(
    "EC2 - Other",
    "DataTransfer-Out-Bytes",
    "RunInstances",
    "GB",
    90_000_000,
);
pub(crate) const SFTP_ENDPOINT: Product =
    product(SFTP, "ProtocolHours", "SFTP:S3", "Hrs", 300_000_000);
pub(crate) const SFTP_UPLOAD: Product = product(SFTP, "UploadBytes", "SFTP:S3", "GB", 40_000_000);
pub(crate) const SFTP_DOWNLOAD: Product =
    product(SFTP, "DownloadBytes", "SFTP:S3", "GB", 40_000_000);
