//! Databases, buckets, balancers, functions, logs and gateways, each with what it is metered by.

use super::estate::{Bucket, Estate, Place, Use, stored};
use super::line::ONE;
use super::meter::{Cover, Meter, Pattern, Volume};
use super::prices::{self, Product};

impl Estate {
    /// A database with its storage.
    pub fn database(
        &mut self,
        place: &Place,
        name: &str,
        kind: &'static str,
        engine: &'static str,
        gigabytes: i128,
        cover: Cover,
    ) {
        let place = place.named(name);
        let arn = format!(
            "arn:aws:rds:{}:{}:db:{name}",
            place.region.code, place.account
        );
        let (price, factor_quarters) = prices::instance(kind);
        let meter = self.meter(
            &place,
            &arn,
            Use {
                service: "Amazon Relational Database Service",
                usage_type: format!("{}InstanceUsage:{kind}", place.region.prefix),
                operation: if engine == "PostgreSQL" {
                    "CreateDBInstance:0014"
                } else {
                    "CreateDBInstance:0002"
                },
                unit: "Hrs",
                price,
                volume: Volume::Hours,
                pattern: Pattern::Steady,
                growth: 0,
            },
        );
        meter.cover = cover;
        meter.factor_quarters = factor_quarters;
        meter.line.instance_type = kind;
        meter.line.engine = engine;
        let usage_type = format!("{}RDS:GP3-Storage", place.region.prefix);
        let what = stored(
            "Amazon Relational Database Service",
            usage_type,
            "CreateDBInstance",
            prices::RDS_GIGABYTE_MONTH,
            gigabytes,
        );
        self.meter(&place, &arn, what).line.engine = engine;
    }

    /// A bucket with what is stored and asked of it.
    pub fn bucket(
        &mut self,
        place: &Place,
        name: &str,
        gigabytes: i128,
        growth: i128,
        requests_per_day: i128,
    ) {
        let service = "Amazon Simple Storage Service";
        let prefix = place.region.prefix;
        self.buckets.push(Bucket {
            name: name.to_owned(),
            account: place.account,
            region: place.region.code,
        });
        let what = stored(
            service,
            format!("{prefix}TimedStorage-ByteHrs"),
            "StandardStorage",
            prices::S3_GIGABYTE_MONTH,
            gigabytes,
        );
        self.meter(place, name, Use { growth, ..what }).wobble = 8;
        let requests = |tier: &str, operation, price, count| Use {
            service,
            usage_type: format!("{prefix}Requests-{tier}"),
            operation,
            unit: "Requests",
            price,
            volume: Volume::Daily(count * ONE),
            pattern: Pattern::Traffic,
            growth: 0,
        };
        self.meter(
            place,
            name,
            requests(
                "Tier1",
                "PutObject",
                prices::S3_WRITE_REQUEST,
                requests_per_day / 10,
            ),
        );
        self.meter(
            place,
            name,
            requests(
                "Tier2",
                "GetObject",
                prices::S3_READ_REQUEST,
                requests_per_day,
            ),
        );
    }

    /// A load balancer.
    pub fn balancer(&mut self, place: &Place, name: &str, capacity_hours_per_day: i128) {
        let unique = self.seed.hex(&format!("{}/{name}/lb", place.account), 16);
        let arn = format!(
            "arn:aws:elasticloadbalancing:{}:{}:loadbalancer/app/{name}/{unique}",
            place.region.code, place.account
        );
        let what = |usage: &str, unit, price, volume, pattern| Use {
            service: "Amazon Elastic Load Balancing",
            usage_type: format!("{}{usage}", place.region.prefix),
            operation: "LoadBalancing:Application",
            unit,
            price,
            volume,
            pattern,
            growth: 0,
        };
        self.meter(
            place,
            &arn,
            what(
                "LoadBalancerUsage",
                "Hrs",
                prices::BALANCER_HOUR,
                Volume::Hours,
                Pattern::Steady,
            ),
        );
        let capacity = Volume::Daily(capacity_hours_per_day * ONE);
        self.meter(
            place,
            &arn,
            what(
                "LCUUsage",
                "LCU-Hrs",
                prices::BALANCER_CAPACITY_HOUR,
                capacity,
                Pattern::Traffic,
            ),
        );
    }

    /// A function; what is returned is the meter of its computing.
    pub fn function(
        &mut self,
        place: &Place,
        name: &str,
        gigabyte_seconds_per_day: i128,
        cover: Cover,
    ) -> &mut Meter {
        let arn = format!(
            "arn:aws:lambda:{}:{}:function:{name}",
            place.region.code, place.account
        );
        let what = |usage: &str, unit, price, units: i128| Use {
            service: "AWS Lambda",
            usage_type: format!("{}{usage}", place.region.prefix),
            operation: "Invoke",
            unit,
            price,
            volume: Volume::Daily(units * ONE),
            pattern: Pattern::Traffic,
            growth: 15,
        };
        let calls = gigabyte_seconds_per_day / 2;
        let calls = what("Request", "Requests", prices::LAMBDA_REQUEST, calls);
        self.meter(place, &arn, calls);
        let computing = what(
            "Lambda-GB-Second",
            "Lambda-GB-Second",
            prices::LAMBDA_GIGABYTE_SECOND,
            gigabyte_seconds_per_day,
        );
        let meter = self.meter(place, &arn, computing);
        meter.cover = cover;
        meter
    }

    /// A log group.
    pub fn logs(&mut self, place: &Place, name: &str, gigabytes_per_day: i128) -> &mut Meter {
        let arn = format!(
            "arn:aws:logs:{}:{}:log-group:{name}",
            place.region.code, place.account
        );
        self.meter(
            place,
            &arn,
            Use {
                service: "AmazonCloudWatch",
                usage_type: format!("{}DataProcessing-Bytes", place.region.prefix),
                operation: "PutLogEvents",
                unit: "GB",
                price: prices::LOG_GIGABYTE,
                volume: Volume::Daily(gigabytes_per_day * ONE),
                pattern: Pattern::Traffic,
                growth: 10,
            },
        )
    }

    /// A NAT gateway.
    pub fn nat_gateway(&mut self, place: &Place, name: &str, gigabytes_per_day: i128) {
        let id = format!(
            "nat-0{}",
            self.seed.hex(&format!("{}/{name}/nat", place.account), 16)
        );
        let what = |usage: &str, unit, price, volume, pattern| Use {
            service: "EC2 - Other",
            usage_type: format!("{}{usage}", place.region.prefix),
            operation: "NatGateway",
            unit,
            price,
            volume,
            pattern,
            growth: 12,
        };
        self.meter(
            place,
            &id,
            what(
                "NatGateway-Hours",
                "Hrs",
                prices::NAT_HOUR,
                Volume::Hours,
                Pattern::Steady,
            ),
        );
        let bytes = Volume::Daily(gigabytes_per_day * ONE);
        self.meter(
            place,
            &id,
            what(
                "NatGateway-Bytes",
                "GB",
                prices::NAT_GIGABYTE,
                bytes,
                Pattern::Traffic,
            ),
        );
    }

    /// Anything else that a count and a price describe.
    pub fn product(
        &mut self,
        place: &Place,
        resource: &str,
        product: &Product,
        volume: Volume,
    ) -> &mut Meter {
        let what = Use {
            service: product.service,
            usage_type: format!("{}{}", place.region.prefix, product.usage),
            operation: product.operation,
            unit: product.unit,
            price: product.price,
            volume,
            pattern: Pattern::Traffic,
            growth: 0,
        };
        self.meter(place, resource, what)
    }
}
