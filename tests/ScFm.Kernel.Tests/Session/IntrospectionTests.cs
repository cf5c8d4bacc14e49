using System.Text.Json.Nodes;
using ScFm.Kernel.Tests.Support;

namespace ScFm.Kernel.Tests.Session;

public sealed class IntrospectionTests(KernelClient kernel) : IClassFixture<KernelClient>
{
    [Fact]
    public void The_kernel_says_what_it_is()
    {
        var info = kernel.Ask("kernel_info_request", []).Reply.Content;
        Assert.Equal("5.3", (string?)info["protocol_version"]);
        Assert.Equal("C#", (string?)info["language_info"]!["name"]);
        Assert.Equal(".cs", (string?)info["language_info"]!["file_extension"]);
    }

    [Theory]
    [InlineData("Console.WriteL", "WriteLine")]
    [InlineData("\"text\".Spl", "Split")]
    [InlineData("new[] { 1 }.Sel", "Select")]
    [InlineData("System.Text.Json.JsonSer", "JsonSerializer")]
    [InlineData("Enumer", "Enumerable")]
    [InlineData("forea", "foreach")]
    [InlineData("disp", "display")]
    [InlineData("#!ti", "#!time")]
    public void A_word_is_completed(string code, string expected)
    {
        var reply = Complete(code, code.Length);
        Assert.Contains(expected, Matches(reply));
        var start = (int)reply["cursor_start"]!;
        Assert.StartsWith(code[start..], expected, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(code.Length, (int)reply["cursor_end"]!);
    }

    [Fact]
    public void Variables_of_earlier_cells_and_their_members_are_completed()
    {
        kernel.Execute("var expression = new List<double>();\nvar cellsByType = new Dictionary<string, int>();");
        Assert.Contains("expression", Matches(Complete("expr", 4)));
        Assert.Contains("AddRange", Matches(Complete("expression.Add", 14)));
        Assert.Contains("Keys", Matches(Complete("foreach (var x in cellsByType.) { }\nint y = 1;", 30)));
        // What follows on the next line must not hide what stands before the dot.
        Assert.Contains("Count", Matches(Complete("expression.\nvar z = 1;", 11)));
    }

    [Fact]
    public void Members_of_a_type_are_not_those_of_its_objects()
    {
        var matches = Matches(Complete("string.", 7));
        Assert.Contains("Join", matches);
        Assert.DoesNotContain("Length", matches);
    }

    [Fact]
    public void A_lambda_parameter_is_completed_by_its_type()
    {
        const string code = "new[] { \"a\" }.Select(name => name.Len)";
        Assert.Contains("Length", Matches(Complete(code, code.Length - 1)));
    }

    [Fact]
    public void The_cursor_counts_characters_that_take_two_units_as_one()
    {
        const string code = "var face = \"😀\"; face.Len";
        var reply = Complete(code, code.Length - 1);
        Assert.Contains("Length", Matches(reply));
        Assert.Equal(code.Length - 4, (int)reply["cursor_start"]!);
    }

    [Fact]
    public void A_method_is_described_by_its_signature_and_documentation()
    {
        var reply = Inspect("Math.Sqrt(2)", 7);
        Assert.True((bool)reply["found"]!);
        var text = (string)reply["data"]!["text/plain"]!;
        Assert.Contains("double Math.Sqrt(double d)", text);
        Assert.Contains("square root", text);
    }

    [Fact]
    public void Inside_the_parentheses_the_method_called_is_described()
    {
        Assert.Contains("Math.Pow(double x, double y)", (string?)Inspect("Math.Pow(", 9)["data"]!["text/plain"]);
    }

    [Fact]
    public void A_variable_is_described_by_its_type_and_value()
    {
        kernel.Execute("double rate = 0.25;");
        Assert.Equal("double rate = 0.25", (string?)Inspect("rate", 2)["data"]!["text/plain"]);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("", 5)]
    [InlineData("x.", 2)]
    [InlineData(".", 1)]
    [InlineData("\n\n", 1)]
    [InlineData("\"open", 5)]
    [InlineData("#", 1)]
    [InlineData("class { ( ", 9)]
    public void Broken_code_is_asked_about_without_harm(string code, int cursor)
    {
        Assert.Equal("ok", (string?)Complete(code, cursor)["status"]);
        Assert.Equal("ok", (string?)Inspect(code, cursor)["status"]);
    }

    [Fact]
    public void Nothing_is_found_where_nothing_stands()
    {
        Assert.False((bool)Inspect("   ", 1)["found"]!);
    }

    [Theory]
    [InlineData("int x = 1;", "complete")]
    [InlineData("x + 1", "complete")]
    [InlineData("if (true) {", "incomplete")]
    [InlineData("int F(int x)", "incomplete")]
    [InlineData("#!scfm load pbmc", "complete")]
    [InlineData("int 1x;", "invalid")]
    public void Completeness_is_judged(string code, string expected)
    {
        Assert.Equal(expected, (string?)kernel.Ask("is_complete_request", new JsonObject { ["code"] = code }).Reply.Content["status"]);
    }

    [Fact]
    public void History_is_found_by_tail_range_and_pattern()
    {
        var number = (int)kernel.Execute("\"needle one\"").Reply.Content["execution_count"]!;
        kernel.Execute("\"needle two\"");
        kernel.Execute("\"not stored\"", storeHistory: false);

        Assert.Equal("\"needle two\"", Codes(new JsonObject { ["hist_access_type"] = "tail", ["n"] = 1 }).Single());
        Assert.Equal(["\"needle one\""], Codes(new JsonObject { ["hist_access_type"] = "range", ["session"] = 0, ["start"] = number, ["stop"] = number + 1 }));
        Assert.Equal(["\"needle one\"", "\"needle two\""], Codes(new JsonObject { ["hist_access_type"] = "search", ["pattern"] = "*needle*", ["n"] = 10 }));
    }

    [Fact]
    public void A_comm_that_nobody_knows_is_closed()
    {
        Assert.Empty((JsonObject)kernel.Ask("comm_info_request", []).Reply.Content["comms"]!);
        var header = kernel.Send("comm_open", new JsonObject { ["comm_id"] = "c1", ["target_name"] = "jupyter.widget", ["data"] = new JsonObject() });
        Assert.Equal("c1", (string?)kernel.AwaitPublished(header, message => message.Type == "comm_close").Content["comm_id"]);
    }

    private JsonObject Complete(string code, int cursor) => kernel.Ask("complete_request", new JsonObject { ["code"] = code, ["cursor_pos"] = cursor }).Reply.Content;

    private JsonObject Inspect(string code, int cursor) =>
        kernel.Ask("inspect_request", new JsonObject { ["code"] = code, ["cursor_pos"] = cursor, ["detail_level"] = 0 }).Reply.Content;

    private static string[] Matches(JsonObject reply) => [.. ((JsonArray)reply["matches"]!).Select(match => (string)match!)];

    private IEnumerable<string> Codes(JsonObject request) =>
        ((JsonArray)kernel.Ask("history_request", request).Reply.Content["history"]!).Select(entry => (string)entry![2]!);
}
