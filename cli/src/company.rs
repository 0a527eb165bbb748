//! The sandbox's company, as the demo workspace is filled with it.

use std::collections::BTreeSet;

use tallyport_sandbox::{Company, Sandbox, TagValue};
use tallyport_workspace::demo::{DemoCompany, DemoPerson, DemoTeam};

/// People, teams and the tags under which their things appear.
pub fn of(sandbox: &Sandbox) -> DemoCompany {
    let company: &Company = sandbox.company();
    let people: Vec<DemoPerson> = company
        .people()
        .iter()
        .map(|person| DemoPerson {
            name: person.name.to_owned(),
            email: person.email.to_owned(),
            team: person.team.to_owned(),
            tags: tags(&person.tag_values),
        })
        .collect();
    let teams: Vec<DemoTeam> = company
        .teams()
        .iter()
        .map(|team| DemoTeam {
            name: team.name.to_owned(),
            tags: tags(&team.tag_values),
        })
        .collect();
    let every = people.iter().flat_map(|person| &person.tags);
    let every = every.chain(teams.iter().flat_map(|team| &team.tags));
    let keys: BTreeSet<&str> = every.map(|(key, _)| key.as_str()).collect();
    let keys: Vec<&str> = keys.into_iter().collect();
    DemoCompany {
        name: company.name().to_owned(),
        billing_account: company.payer().to_owned(),
        region: Some("us-east-1".to_owned()),
        allocation_tag: Some(keys.join(",")),
        people,
        teams,
    }
}

fn tags(values: &[TagValue]) -> Vec<(String, String)> {
    values
        .iter()
        .map(|tag| (tag.key.to_owned(), tag.value.to_owned()))
        .collect()
}
