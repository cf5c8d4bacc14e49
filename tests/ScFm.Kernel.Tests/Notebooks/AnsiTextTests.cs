using ScFm.Kernel.Notebooks;

namespace ScFm.Kernel.Tests.Notebooks;

public sealed class AnsiTextTests
{
    [Theory]
    [InlineData("a < b", "a &lt; b")]
    [InlineData("\e[1mbold\e[0m plain", "<span style=\"font-weight:600\">bold</span> plain")]
    [InlineData("\e[31;1mred", "<span style=\"color:#b3261e\"><span style=\"font-weight:600\">red</span></span>")]
    [InlineData("10%\r90%\rdone\n", "done\n")]
    [InlineData("last\r\n", "last\n")]
    public void Terminal_text_becomes_markup(string text, string expected) => Assert.Equal(expected, AnsiText.ToHtml(text));
}
