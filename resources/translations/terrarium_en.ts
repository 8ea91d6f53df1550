<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<!-- SPDX-FileCopyrightText: 2026 The Terrarium authors
     SPDX-License-Identifier: GPL-3.0-or-later -->
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ConnectionText</name>
    <message numerus="yes">
        <source>It answers and takes the key. It has %n sandbox(es).</source>
        <translation>
            <numerusform>It answers and takes the key. It has %n sandbox.</numerusform>
            <numerusform>It answers and takes the key. It has %n sandboxes.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HumanText</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n second</numerusform>
            <numerusform>%n seconds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>terrarium::CreateForm</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>terrarium::Inspector</name>
    <message numerus="yes">
        <source>%n sandbox(es) selected</source>
        <translation>
            <numerusform>%n sandbox selected</numerusform>
            <numerusform>%n sandboxes selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>terrarium::MainWindow</name>
    <message numerus="yes">
        <source>%n sandbox(es)</source>
        <translation>
            <numerusform>%n sandbox</numerusform>
            <numerusform>%n sandboxes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>terrarium::SandboxActions</name>
    <message numerus="yes">
        <source>%n sandbox(es) will be deleted</source>
        <translation>
            <numerusform>%n sandbox will be deleted</numerusform>
            <numerusform>%n sandboxes will be deleted</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>terrarium::SandboxesPage</name>
    <message numerus="yes">
        <source>Pause %n sandbox(es)</source>
        <translation>
            <numerusform>Pause %n sandbox</numerusform>
            <numerusform>Pause %n sandboxes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Resume %n sandbox(es)</source>
        <translation>
            <numerusform>Resume %n sandbox</numerusform>
            <numerusform>Resume %n sandboxes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n sandbox(es)</source>
        <translation>
            <numerusform>Delete %n sandbox</numerusform>
            <numerusform>Delete %n sandboxes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>terrarium::TemplateModel</name>
    <message numerus="yes">
        <source>%n vCPU(s)</source>
        <translation>
            <numerusform>%n vCPU</numerusform>
            <numerusform>%n vCPUs</numerusform>
        </translation>
    </message>
</context>
</TS>
