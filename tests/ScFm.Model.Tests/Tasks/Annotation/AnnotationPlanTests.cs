using ScFm.Model.Tasks;
using ScFm.Model.Tasks.Annotation;
using Xunit;

namespace ScFm.Model.Tests.Tasks.Annotation;

public class AnnotationPlanTests
{
    private const string Json = """
        {
          "cells": ["blood"], // relative to the file
          "unlabelled": ["more"],
          "methods": ["majority", { "kind": "centroid", "name": "Pearson", "options": { "similarity": "pearson" } }],
          "contrasts": [["Pearson", "majority vote"]],
          "fractions": [0.1, 1], "seeds": 2,
          "sensitivity": [{ "method": "Pearson", "option": "temperature", "values": [0.1, 1] }],
        }
        """;

    [Fact]
    public void A_plan_is_read_with_its_defaults()
    {
        var plan = AnnotationPlan.Parse(Json, "data");
        Assert.Equal([Path.Combine("data", "blood")], plan.Cells);
        Assert.Equal([Path.Combine("data", "more")], plan.Unlabelled);
        Assert.Equal("cell_type", plan.Label);
        Assert.Equal(0.2, plan.Split.TestShare);
        Assert.Equal(["majority", "centroid"], plan.Methods.Select(method => method.Kind));
        Assert.Contains("Pearson", AnnotatorNames.Make("centroid", plan.Methods[1].Options).Settings);
    }

    [Fact]
    public void A_plan_that_was_written_is_read_again_and_from_a_report_too()
    {
        var plan = AnnotationPlan.Parse(Json);
        Assert.Equal(plan.ToJson(), AnnotationPlan.Parse(plan.ToJson()).ToJson());
        Assert.Equal(plan.ToJson(), AnnotationPlan.Parse($$"""{ "title": "report", "plan": {{plan.ToJson()}}, "outcomes": [] }""").ToJson());
    }

    [Fact]
    public void Every_kind_of_annotator_takes_its_options_from_a_plan_and_says_them_in_its_settings()
    {
        foreach (var (kind, options, said) in new[]
        {
            ("centroid", """{ "temperature": 0.125 }""", "0.125"),
            ("neighbours", """{ "mapping": { "neighbours": 7 } }""", "7"),
            ("logistic", """{ "c": 0.125 }""", "0.125"),
            ("scbert", """{ "variableGenes": 123, "tuning": { "epochs": 77 } }""", "77"),
            ("scbert", """{ "pretrain": false, "pretraining": { "learningRate": 0.125 } }""", "0.125"),
            ("scgpt", """{ "pretraining": { "epochs": 77 } }""", "77"),
            ("scgpt", """{ "tuning": { "batchSize": 77 }, "tuned": "blocks" }""", "77"),
            ("geneformer", """{ "pretraining": { "epochs": 77 }, "tuned": "lora" }""", "77"),
            ("scfoundation", """{ "head": { "training": { "epochs": 77 } } }""", "77"),
        })
        {
            var annotator = AnnotatorNames.Make(kind, System.Text.Json.JsonDocument.Parse(options).RootElement);
            Assert.Contains(said, annotator.Settings);
            Assert.DoesNotContain(said, AnnotatorNames.Make(kind).Settings);
            Assert.Contains("could not be mapped", Assert.Throws<ArgumentException>(() => AnnotatorNames.Make(kind, System.Text.Json.JsonDocument.Parse("""{ "nothing": 1 }""").RootElement)).Message);
        }
        Assert.Equal("The options of majority: it has none, such as 'c'.", Assert.Throws<ArgumentException>(() => AnnotatorNames.Make("majority", System.Text.Json.JsonDocument.Parse("""{ "c": 1 }""").RootElement)).Message);
    }

    [Fact]
    public void Paths_in_the_options_of_methods_are_relative_to_the_plan_too()
    {
        var plan = AnnotationPlan.Parse("""
            { "cells": ["blood"], "methods": ["majority", { "kind": "geneformer", "options": { "model": "geneformer", "folder": "kept", "pretraining": { "epochs": 2 } } }] }
            """, "data");
        Assert.Equal(Path.Combine("data", "kept"), plan.Methods[1].Options!.Value.GetProperty("folder").GetString());
        Assert.Equal(Path.Combine("data", "geneformer"), plan.Methods[1].Options!.Value.GetProperty("model").GetString());
        // A model is looked for there before anything is fitted.
        Assert.Contains(Path.Combine("data", "bert"), Assert.ThrowsAny<IOException>(() => AnnotationPlan.Parse("""{ "cells": ["blood"], "methods": [{ "kind": "scbert", "options": { "model": "bert" } }] }""", "data")).Message);
    }

    [Theory]
    [InlineData("c=0.125", """{"c":0.125}""")]
    [InlineData(" tuning.epochs = 5, pretrain=false,preset=tiny ", """{"tuning":{"epochs":5},"pretrain":false,"preset":"tiny"}""")]
    [InlineData("a.b=1,a.c=2", """{"a":{"b":1,"c":2}}""")]
    [InlineData("""{ "c": 1 }""", """{"c":1}""")]
    [InlineData("", "{}")]
    public void Options_are_read_from_a_line(string line, string json) => Assert.Equal(json, OptionText.Parse(line).GetRawText());

    [Theory]
    [InlineData("c")]
    [InlineData("c=")]
    [InlineData("=1")]
    [InlineData("{ c }")]
    public void A_line_that_holds_no_options_is_told(string line) =>
        Assert.StartsWith($"The options are '{line}'; expected names and values", Assert.Throws<ArgumentException>(() => OptionText.Parse(line)).Message);

    [Theory]
    [InlineData("\"seeds\": 2", "\"seeds\": 0", "Seeds is 0; expected 1 to 1000.")]
    [InlineData("[0.1, 1], \"seeds\"", "[0, 1], \"seeds\"", "fractions[0] is 0; expected above 0 to 1: nothing is learnt from no labels.")]
    [InlineData("[0.1, 1], \"seeds\"", "[1, 1], \"seeds\"", "fractions names one twice; expected each once.")]
    [InlineData("\"majority\",", "\"svm\",", "methods[0]: 'svm' is no kind of annotator; expected one of majority, centroid")]
    [InlineData("\"majority\",", "\"centroid\", \"centroid\",", "methods has 'nearest centroid' and 'nearest centroid'; expected names that differ in letters or digits.")]
    [InlineData("\"majority\",", "7,", "a method is its kind, such as \"logistic\", or an object with kind, name and options at methods[0]")]
    [InlineData("\"pearson\"", "\"kendall\"", "methods[1]: The options of centroid:")]
    [InlineData("\"similarity\"", "\"similarities\"", "methods[1]: The options of centroid: The JSON property 'similarities' could not be mapped")]
    [InlineData("\"option\": \"temperature\"", "\"option\": \"warmth\"", "sensitivity[0]: The options of centroid: The JSON property 'warmth' could not be mapped")]
    [InlineData("\"values\": [0.1, 1]", "\"values\": [-1]", "sensitivity[0]: The options of centroid: Temperature is -1; expected")]
    [InlineData("\"method\": \"Pearson\"", "\"method\": \"scBERT\"", "sensitivity[0].method is 'scBERT', which is no method; expected one of majority vote, Pearson.")]
    [InlineData("[\"Pearson\", \"majority vote\"]", "[\"Pearson\"]", "contrasts[0] has 1 methods; expected two.")]
    [InlineData("[\"Pearson\", \"majority vote\"]", "[\"Pearson\", \"x\"]", "contrasts[0] names 'x', which is no method; expected one of majority vote, Pearson.")]
    [InlineData("\"seeds\": 2", "\"pair\": [\"T\", \"T\"]", "pair has 2 types; expected two different ones.")]
    [InlineData("\"seeds\": 2", "\"reference\": \"x\"", "reference is 'x', which is no method; expected one of majority vote, Pearson.")]
    [InlineData("\"seeds\": 2", "\"split\": { \"column\": \"a\", \"groups\": \"b\" }", "split has column and groups; expected one of them.")]
    [InlineData("\"seeds\": 2", "\"split\": { \"testShare\": 2 }", "split: TestShare is 2; expected 0.01 to 0.95.")]
    [InlineData("\"seeds\": 2", "\"split\": { \"column\": \"a\", \"anew\": true }", "split.anew is true, but the split is given; expected one that is drawn.")]
    [InlineData("[\"more\"]", "[\"./blood\"]", "cells and unlabelled name 'blood' 2 times; expected each file or folder once")]
    [InlineData("\"majority\",", "{ \"kind\": \"majority\", \"options\": 5 },", "methods[0]: The options of majority are 5; expected an object")]
    [InlineData("{ \"similarity\": \"pearson\" }", "[]", "methods[1]: The options of centroid are []; expected an object")]
    [InlineData("\"blood\"", "", "cells is empty; expected at least one.")]
    [InlineData("\"seeds\"", "\"sedes\"", "The JSON property 'sedes' could not be mapped")]
    public void A_wrong_plan_is_told_by_its_field(string right, string wrong, string message)
    {
        Assert.Contains(right, Json);
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => AnnotationPlan.Parse(Json.Replace(right, wrong))).Message);
    }
}
