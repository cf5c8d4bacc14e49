using ScFm.Interactive.Figures;
using ScFm.Model.Tables;

namespace ScFm.Interactive.Tests.Hosting;

public sealed class NetInteractiveTests
{
    public static TheoryData<object> Shown => [Plots.Scatter([1, 2], [1, 2]), new Table(new TextColumn("gene", ["CD3E"])), new Table(new TextColumn("gene", ["CD3E"])).View("genes")];

    [Theory]
    [MemberData(nameof(Shown))]
    public void It_finds_the_formatters_by_name(object shown)
    {
        // The same steps that its Formatter takes: names and reflection, no shared type.
        var attribute = shown.GetType().GetCustomAttributes(true).Single(candidate => candidate.GetType().Name == "TypeFormatterSourceAttribute");
        var source = Activator.CreateInstance((Type)attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute)!)!;
        var formatters = (IEnumerable<object>)source.GetType().GetMethod("CreateTypeFormatters")!.Invoke(source, [])!;
        var html = formatters.Single(formatter => (string)formatter.GetType().GetProperty("MimeType")!.GetValue(formatter)! == "text/html");
        var writer = new StringWriter();
        Assert.Equal(true, html.GetType().GetMethod("Format")!.Invoke(html, [shown, writer]));
        Assert.Equal(shown.GetType().GetMethod("ToHtml", Type.EmptyTypes)!.Invoke(shown, []), writer.ToString());
        Assert.Equal(["text/html"], (string[])attribute.GetType().GetProperty("PreferredMimeTypes")!.GetValue(attribute)!);
        Assert.Equal(false, html.GetType().GetMethod("Format")!.Invoke(html, ["another object", writer]));
    }
}
