using System.Text.Json.Nodes;
using ScFm.Interactive.Hosting;
using ScFm.Interactive.Tests.Verbs;

namespace ScFm.Interactive.Tests.Hosting;

/// <summary>What one process shows, shown by another.</summary>
public sealed class RelayTests
{
    [Fact]
    public void What_is_shown_and_replaced_arrives_as_it_was_sent()
    {
        var lines = new StringWriter();
        var relay = new RelayHost(lines, isNotebook: true, CancellationToken.None, ranks: null);
        var (first, second) = (Bundle("1 of 3\r"), Bundle("a \"figure\"\nin two lines"));
        var progress = relay.Display(first);
        relay.Display(second);
        progress.Update(Bundle("3 of 3"));

        var notebook = new VerbNotebook();
        var shown = new RelayedDisplays(notebook);
        Array.ForEach(lines.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries), shown.Take);
        Assert.Equal(["1 of 3\r", "a \"figure\"\nin two lines", "3 of 3"], notebook.Shown.Select(bundle => (string)bundle.Data["text/plain"]));
        Assert.Equal("{\"data\":[1,2]}", ((JsonNode)notebook.Shown[0].Data["application/vnd.plotly.v1+json"]).ToJsonString());
    }

    [Fact]
    public void Ordinary_output_is_no_record()
    {
        Assert.Null(DisplayRecord.Read("Trained on 36 cells."));
        Assert.Null(DisplayRecord.Read(""));
        Assert.Null(DisplayRecord.Read("{\"display\":1}"));
        Assert.Null(DisplayRecord.Read("\u001ea warning of the engine{\"display\":1,\"content\":{}}"));
        Assert.Null(DisplayRecord.Read("\u001e{\"display\":\"one\",\"content\":{}}"));
        Assert.Null(DisplayRecord.Read("\u001e{\"display\":1}"));
    }

    private static MimeBundle Bundle(string text) => new(new Dictionary<string, object>
    {
        ["text/plain"] = text,
        ["application/vnd.plotly.v1+json"] = JsonNode.Parse("""{"data": [1, 2]}""")!,
    });
}
