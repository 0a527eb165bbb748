//! AWS product codes as people know them, for reports that name no product.

use std::collections::HashMap;
use std::sync::OnceLock;

const CATEGORIES: &str = include_str!("../data/aws_service_categories.csv");

/// Names of the commonest codes; others stand for themselves.
const NAMES: &[(&str, &str)] = &[
    ("AWSBackup", "AWS Backup"),
    ("AWSCertificateManager", "AWS Certificate Manager"),
    ("AWSCloudTrail", "AWS CloudTrail"),
    ("AWSConfig", "AWS Config"),
    ("AWSDataTransfer", "AWS Data Transfer"),
    ("AWSDirectConnect", "AWS Direct Connect"),
    ("AWSELB", "Elastic Load Balancing"),
    ("AWSGlue", "AWS Glue"),
    ("AWSLambda", "AWS Lambda"),
    ("AWSQueueService", "Amazon Simple Queue Service"),
    ("AWSSecretsManager", "AWS Secrets Manager"),
    ("AWSSecurityHub", "AWS Security Hub"),
    ("AWSSupportBusiness", "AWS Support (Business)"),
    ("AWSSupportEnterprise", "AWS Support (Enterprise)"),
    ("AWSSystemsManager", "AWS Systems Manager"),
    ("AWSTransfer", "AWS Transfer Family"),
    ("AWSXRay", "AWS X-Ray"),
    ("AmazonApiGateway", "Amazon API Gateway"),
    ("AmazonAthena", "Amazon Athena"),
    ("AmazonBedrock", "Amazon Bedrock"),
    ("AmazonCloudFront", "Amazon CloudFront"),
    ("AmazonCloudWatch", "AmazonCloudWatch"),
    ("AmazonCognito", "Amazon Cognito"),
    ("AmazonDynamoDB", "Amazon DynamoDB"),
    ("AmazonEC2", "Amazon Elastic Compute Cloud"),
    ("AmazonECR", "Amazon EC2 Container Registry (ECR)"),
    ("AmazonECS", "Amazon Elastic Container Service"),
    ("AmazonEFS", "Amazon Elastic File System"),
    (
        "AmazonEKS",
        "Amazon Elastic Container Service for Kubernetes",
    ),
    ("AmazonES", "Amazon OpenSearch Service"),
    ("AmazonElastiCache", "Amazon ElastiCache"),
    ("AmazonFSx", "Amazon FSx"),
    ("AmazonGlacier", "Amazon Glacier"),
    ("AmazonGuardDuty", "Amazon GuardDuty"),
    ("AmazonKinesis", "Amazon Kinesis"),
    ("AmazonMSK", "Amazon Managed Streaming for Apache Kafka"),
    ("AmazonRDS", "Amazon Relational Database Service"),
    ("AmazonRedshift", "Amazon Redshift"),
    ("AmazonRoute53", "Amazon Route 53"),
    ("AmazonS3", "Amazon Simple Storage Service"),
    ("AmazonSES", "Amazon Simple Email Service"),
    ("AmazonSNS", "Amazon Simple Notification Service"),
    ("AmazonSageMaker", "Amazon SageMaker"),
    ("AmazonStates", "AWS Step Functions"),
    ("AmazonVPC", "Amazon Virtual Private Cloud"),
    ("ComputeSavingsPlans", "Savings Plans for AWS Compute usage"),
    ("awskms", "AWS Key Management Service"),
    ("awswaf", "AWS WAF"),
];

/// The name of a product code; the code itself where none is known.
pub(crate) fn name(code: &str) -> &str {
    NAMES
        .iter()
        .find(|(known, _)| *known == code)
        .map_or(code, |(_, name)| *name)
}

/// The FOCUS service category of a product code; empty where none is known.
pub(crate) fn category(code: &str) -> &'static str {
    static BY_CODE: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
    BY_CODE
        .get_or_init(|| categories().collect())
        .get(code)
        .copied()
        .unwrap_or("")
}

/// The names of codes, as [`name`] gives them.
pub(crate) fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
    NAMES.iter().copied()
}

/// The categories of codes, as [`category`] gives them.
pub(crate) fn categories() -> impl Iterator<Item = (&'static str, &'static str)> {
    CATEGORIES
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(','))
}
