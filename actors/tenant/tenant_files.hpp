// The files of a tenant's folder, one reader each; read_tenant calls them in order. Pure.
#pragma once
#include "actors/tenant/tenant_config.hpp"
#include "actors/tenant/yaml_fields.hpp"

#include <string>
#include <vector>

namespace steward {

/// tenant.yaml. Fields that are missing keep their defaults; fields that are wrong too, with a problem.
void read_settings(const std::string& file, const std::string& text, tenant_config&, std::vector<config_problem>&);

/// The key `page` of tenant.yaml: what the customer's page shows. After `languages`.
void read_page(yaml_fields&, const yaml_node&, tenant_config&);
/// Its key `identity`: the keys with which the company's site signs who its customer is.
void read_identity(yaml_fields&, const yaml_node&, tenant_config&);
/// `hours` of tenant.yaml.
void read_hours(yaml_fields&, const yaml_node&, opening_hours&);

/// questions.jsonl, after the settings: languages are checked against them.
void read_questions(const std::string& file, const std::string& text, tenant_config&, std::vector<config_problem>&);

/// intents.yaml, after the settings: languages and queues are checked against them.
void read_intents(const std::string& file, const std::string& text, tenant_config&, std::vector<config_problem>&);

/// meanings.yaml, after the settings: languages are checked against them.
void read_meanings(const std::string& file, const std::string& text, tenant_config&, std::vector<config_problem>&);

/// entities.yaml, after the settings: languages are checked against them.
void read_entities_file(const std::string& file, const std::string& text, tenant_config&, std::vector<config_problem>&);

/// What Steward says in a language when the tenant gives no words; null where nothing is built in (now: en, zh, es).
const tenant_words* default_words(const std::string& language);
/// Likewise for phrases that ask for a person.
const std::vector<std::string>* default_ask_for_person(const std::string& language);

} // namespace steward
