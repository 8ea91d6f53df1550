// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/templates/definitionfile.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <initializer_list>

#include "backend/domain/templateref.h"

namespace terrarium {

namespace {

using Keys = std::initializer_list<QLatin1String>;

QString key(const char* name) { return QString::fromLatin1(name); }

/// Collects the first complaint about one object of the file, so that reading stays a list of lines.
class Reader {
 public:
  Reader(QJsonObject object, QString where) : object_(std::move(object)), where_(std::move(where)) {}

  void allowOnly(Keys keys) {
    for (const auto& found : object_.keys()) {
      if (std::find(keys.begin(), keys.end(), found) == keys.end()) complain(found, QStringLiteral("is not a known key"));
    }
  }

  std::string text(const char* name, const QString& pattern = QStringLiteral(".+")) {
    const auto value = object_.value(key(name));
    static const auto options = QRegularExpression::DotMatchesEverythingOption;
    const QRegularExpression accepted(QRegularExpression::anchoredPattern(pattern), options);
    if (!value.isString() || !accepted.match(value.toString()).hasMatch()) {
      complain(key(name), QStringLiteral("must be a text that matches %1").arg(pattern));
    }
    return value.toString().toStdString();
  }

  std::vector<std::string> texts(const char* name, const QString& pattern = QStringLiteral(".+")) {
    std::vector<std::string> list;
    const QRegularExpression accepted(QRegularExpression::anchoredPattern(pattern));
    for (const auto& value : object_.value(key(name)).toArray()) {
      if (!value.isString() || !accepted.match(value.toString()).hasMatch()) {
        complain(key(name), QStringLiteral("must hold texts that match %1").arg(pattern));
      }
      list.push_back(value.toString().toStdString());
    }
    if (has(name) && !object_.value(key(name)).isArray()) complain(key(name), QStringLiteral("must be a list"));
    return list;
  }

  std::map<std::string, std::string> table(const char* name) {
    std::map<std::string, std::string> entries;
    const auto value = object_.value(key(name));
    if (has(name) && !value.isObject()) complain(key(name), QStringLiteral("must be an object"));
    const auto object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
      if (!it.value().isString()) complain(key(name), QStringLiteral("must hold texts only"));
      entries[it.key().toStdString()] = it.value().toString().toStdString();
    }
    return entries;
  }

  [[nodiscard]] bool has(const char* name) const { return object_.contains(key(name)); }
  [[nodiscard]] QJsonValue value(const char* name) const { return object_.value(key(name)); }

  void complain(const QString& name, const QString& what) {
    if (!error_)
      error_ = Error{ErrorCode::Internal, QStringLiteral("%1: \"%2\" %3.").arg(where_, name, what).toStdString(), {}, {}};
  }
  void complain(const Error& error) {
    if (!error_) error_ = Error{ErrorCode::Internal, where_.toStdString() + ": " + error.message, {}, {}};
  }
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }

 private:
  QJsonObject object_;
  QString where_;
  std::optional<Error> error_;
};

const QString kUuid = QStringLiteral("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
const QString kPackage = QStringLiteral("[a-z0-9][a-z0-9+.-]+");
const QString kNpmName = QStringLiteral("(@[a-z0-9-]+/)?[a-z0-9][a-z0-9._-]*");
const QString kVersion = QStringLiteral("[0-9]+\\.[0-9]+\\.[0-9]+");
const QString kIntegrity = QStringLiteral("sha512-[A-Za-z0-9+/]{86}==");
// No white space: these paths stand in lists that a shell script reads.
const QString kAbsolutePath = QStringLiteral("(/[A-Za-z0-9_@.-]+)+");

Result<NpmPackage> readNpm(const QJsonValue& value, const QString& where) {
  Reader reader(value.toObject(), where + QStringLiteral(", npm"));
  reader.allowOnly({QLatin1String("name"), QLatin1String("version"), QLatin1String("integrity"), QLatin1String("directory"),
                    QLatin1String("exclude"), QLatin1String("links")});
  NpmPackage package;
  package.name = reader.text("name", kNpmName);
  package.version = reader.text("version", kVersion);
  package.integrity = reader.text("integrity", kIntegrity);
  package.directory = reader.text("directory", kAbsolutePath);
  if (reader.has("exclude")) package.exclude = reader.text("exclude", QStringLiteral("[a-z]+"));
  package.links = reader.table("links");
  if (reader.error()) return failure(*reader.error());
  return package;
}

MachineSize readSize(Reader& reader) {
  const auto size = reader.value("size").toObject();
  const auto number = [&](const char* name) { return size.value(key(name)).toInteger(-1); };
  if (size.size() != 3) reader.complain(key("size"), QStringLiteral("must hold vcpu, memory_mib and disk_mib"));
  auto parsed = MachineSize::parse(number("vcpu"), number("memory_mib"), number("disk_mib"));
  if (parsed) return *parsed;
  reader.complain(parsed.error());
  return MachineSize::standard();
}

void readOwnBase(Reader& reader, ImageRecipe& recipe) {
  recipe.definition.size = readSize(reader);
  recipe.suite = reader.text("suite", QStringLiteral("[a-z]+"));
  recipe.basePackages = reader.texts("packages", kPackage);
}

}  // namespace

DefinitionFile::DefinitionFile(QJsonObject root, QString fileName) : root_(std::move(root)), fileName_(std::move(fileName)) {}

Result<DefinitionFile> DefinitionFile::parse(const QByteArray& json, const QString& fileName) {
  QJsonParseError problem;
  const auto document = QJsonDocument::fromJson(json, &problem);
  if (!document.isObject()) {
    return failure(ErrorCode::Internal, fileName.toStdString() + " is not a JSON object. Put the original file back in place.",
                   problem.errorString().toStdString());
  }
  return DefinitionFile(document.object(), fileName);
}

QString DefinitionFile::name() const { return root_.value(QLatin1String("name")).toString(); }

QString DefinitionFile::from() const { return root_.value(QLatin1String("from")).toString(); }

Result<ImageRecipe> DefinitionFile::recipe(const std::optional<ImageRecipe>& base) const {
  Reader reader(root_, fileName_);
  reader.allowOnly({QLatin1String("id"), QLatin1String("name"), QLatin1String("description"), QLatin1String("size"),
                    QLatin1String("env"), QLatin1String("user"), QLatin1String("working_directory"), QLatin1String("suite"),
                    QLatin1String("packages"), QLatin1String("npm"), QLatin1String("steps"), QLatin1String("from")});
  ImageRecipe recipe = base.value_or(ImageRecipe{});
  auto& definition = recipe.definition;
  definition.id = reader.text("id", kUuid);
  definition.name = reader.text("name");
  if (auto ref = TemplateRef::parse(definition.name); !ref) reader.complain(ref.error());
  definition.description = reader.text("description");
  if (base) {
    recipe.extraPackages = reader.texts("packages", kPackage);
    if (reader.has("size")) definition.size = readSize(reader);
    if (reader.has("suite")) reader.complain(key("suite"), QStringLiteral("comes from the template that \"from\" names"));
  } else {
    readOwnBase(reader, recipe);
  }
  for (auto& [name, value] : reader.table("env")) definition.env[name] = value;
  if (reader.has("user")) definition.user = reader.text("user", QStringLiteral("[a-z0-9_-]*"));
  if (reader.has("working_directory")) definition.workingDirectory = reader.text("working_directory", kAbsolutePath);
  for (auto& step : reader.texts("steps")) recipe.steps.push_back(std::move(step));
  for (const auto& value : reader.value("npm").toArray()) {
    auto package = readNpm(value, fileName_);
    if (!package) return failure(package.error());
    recipe.npm.push_back(std::move(*package));
  }
  if (reader.error()) return failure(*reader.error());
  // Keys of QJsonObject are sorted, so compact output is canonical.
  definition.source.append(QJsonDocument(root_).toJson(QJsonDocument::Compact)).append('\n');
  return recipe;
}

}  // namespace terrarium
