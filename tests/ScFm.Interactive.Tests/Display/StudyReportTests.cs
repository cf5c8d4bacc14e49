using System.Text.Json;
using ScFm.Interactive.Display;
using ScFm.Model.Tables;
using Xunit;

namespace ScFm.Interactive.Tests.Display;

public sealed class StudyReportTests
{
    [Fact]
    public void Lines_of_one_name_are_all_kept()
    {
        var report = new StudyReport("Study", [("note", "Two targets are no genes."), ("seeds", "0 to 2"), ("note", "Only some genes are predicted.")], [], [], new Table(new TextColumn("method", ["mean"])), Array.Empty<int>());
        var about = JsonDocument.Parse(report.ToJson()).RootElement.GetProperty("about");
        Assert.Equal("Two targets are no genes. Only some genes are predicted.", about.GetProperty("note").GetString());
        Assert.Equal("0 to 2", about.GetProperty("seeds").GetString());
    }
}
