// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTemporaryDir>
#include <QTest>

#include "backend/templates/definitionfile.h"
#include "backend/templates/definitionfolder.h"

using namespace terrarium;

namespace {

QByteArray base() {
  return R"({"id":"5e1f0c2a-7b44-4d0e-9a51-0b6c3f1d2e01","name":"superserve/base","description":"d",
    "size":{"vcpu":1,"memory_mib":1024,"disk_mib":4096},"env":{"LANG":"C"},"suite":"bookworm","packages":["git"],"steps":["true"]})";
}

Result<ImageRecipe> recipeOf(const QByteArray& json) {
  auto file = DefinitionFile::parse(json, QStringLiteral("x.json"));
  if (!file) return failure(file.error());
  return file->recipe(std::nullopt);
}

}  // namespace

class DefinitionFileTest : public QObject {
  Q_OBJECT
 private slots:
  void shippedDefinitionsAreSound();
  void shippedTemplatesShareOneBase();
  void readsEveryKey();
  void derivedOneKeepsWhatItDoesNotState();
  void refusesWhatIsWrong_data();
  void refusesWhatIsWrong();
  void oneDamagedFileLeavesTheOthers();
};

void DefinitionFileTest::shippedDefinitionsAreSound() {
  const DefinitionFolder folder(QStringLiteral(TERRARIUM_SOURCE_DIR "/resources/templates"));
  QVERIFY2(!folder.problem(), folder.problem() ? folder.problem()->message.c_str() : "");
  QStringList names;
  for (const auto& recipe : folder.recipes()) names << QString::fromStdString(recipe.definition.name);
  names.sort();
  QCOMPARE(names, (QStringList{QStringLiteral("superserve/base"), QStringLiteral("superserve/node-22"),
                               QStringLiteral("superserve/python-3.11")}));
}

void DefinitionFileTest::shippedTemplatesShareOneBase() {
  const DefinitionFolder folder(QStringLiteral(TERRARIUM_SOURCE_DIR "/resources/templates"));
  const auto first = folder.recipe("superserve/base");
  QVERIFY(first);
  QCOMPARE(first->definition.size, MachineSize::standard());
  for (const auto& recipe : folder.recipes()) {
    QCOMPARE(recipe.basePackages, first->basePackages);
    QCOMPARE(recipe.definition.workingDirectory, std::string("/home/user"));
    QVERIFY(recipe.definition.user.empty());
  }
  QCOMPARE(folder.recipe("superserve/node-22")->npm.size(), std::size_t(4));
  QVERIFY(!folder.recipe("superserve/python-3.11")->extraPackages.empty());
}

void DefinitionFileTest::readsEveryKey() {
  const auto recipe = recipeOf(base());
  QVERIFY(recipe);
  QCOMPARE(recipe->suite, std::string("bookworm"));
  QCOMPARE(recipe->basePackages, std::vector<std::string>{"git"});
  QCOMPARE(recipe->steps, std::vector<std::string>{"true"});
  QCOMPARE(recipe->definition.env.at("LANG"), std::string("C"));
  QVERIFY(recipe->definition.source.contains("\"bookworm\""));
}

void DefinitionFileTest::derivedOneKeepsWhatItDoesNotState() {
  const auto parent = recipeOf(base());
  QVERIFY(parent);
  const auto file = DefinitionFile::parse(R"({"id":"5e1f0c2a-7b44-4d0e-9a51-0b6c3f1d2e02","name":"superserve/py","description":"d",
    "from":"superserve/base","packages":["python3"],"env":{"A":"b"},"steps":["false"]})",
                                          QStringLiteral("y.json"));
  QVERIFY(file);
  QCOMPARE(file->from(), QStringLiteral("superserve/base"));
  const auto recipe = file->recipe(*parent);
  QVERIFY(recipe);
  QCOMPARE(recipe->basePackages, parent->basePackages);
  QCOMPARE(recipe->extraPackages, std::vector<std::string>{"python3"});
  QCOMPARE(recipe->steps, (std::vector<std::string>{"true", "false"}));
  QCOMPARE(recipe->definition.env.size(), std::size_t(2));
  // A change of the base must change what is derived from it.
  QVERIFY(recipe->definition.source.startsWith(parent->definition.source));
}

void DefinitionFileTest::refusesWhatIsWrong_data() {
  QTest::addColumn<QByteArray>("from");
  QTest::addColumn<QByteArray>("to");
  QTest::addColumn<QByteArray>("named");
  const auto row = [](const char* name, const char* from, const char* to, const char* named) {
    QTest::newRow(name) << QByteArray(from) << QByteArray(to) << QByteArray(named);
  };
  row("not JSON", "{\"id\"", "{id", "x.json is not a JSON object");
  row("unknown key", "\"steps\"", "\"stesp\"", "\"stesp\" is not a known key");
  row("bad id", "5e1f0c2a-", "5e1f0c2-", "\"id\"");
  row("bad name", "superserve/base", "Superserve base", "x.json: ");
  row("too little memory", "1024", "12", "x.json: ");
  row("size incomplete", "\"vcpu\":1,", "", "\"size\"");
  row("package with an option", "\"git\"", "\"-o=x\"", "\"packages\"");
  row("package that is a number", "\"git\"", "7", "\"packages\"");
  row("suite with a blank", "bookworm", "book worm", "\"suite\"");
  row("environment value that is a number", "\"C\"", "1", "\"env\"");
  row("steps that are no list", "[\"true\"]", "\"true\"", "\"steps\"");
}

void DefinitionFileTest::refusesWhatIsWrong() {
  QFETCH(QByteArray, from);
  QFETCH(QByteArray, to);
  QFETCH(QByteArray, named);
  auto json = base();
  QVERIFY(json.contains(from));
  const auto recipe = recipeOf(json.replace(from, to));
  QVERIFY(!recipe);
  QVERIFY2(recipe.error().message.find(named.toStdString()) != std::string::npos, recipe.error().message.c_str());
}

void DefinitionFileTest::oneDamagedFileLeavesTheOthers() {
  QTemporaryDir folder;
  const auto write = [&](const char* name, const QByteArray& content) {
    QFile file(folder.filePath(QLatin1String(name)));
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
  };
  QVERIFY(write("a.json", base()) && write("b.json", "{"));
  const DefinitionFolder definitions(folder.path());
  QCOMPARE(definitions.recipes().size(), std::size_t(1));
  QVERIFY(definitions.recipe("superserve/base"));
  const auto missing = definitions.recipe("superserve/node-22");
  QVERIFY(!missing);
  QVERIFY2(missing.error().message.find("b.json") != std::string::npos, missing.error().message.c_str());
}

QTEST_GUILESS_MAIN(DefinitionFileTest)
#include "definitionfiletest.moc"
