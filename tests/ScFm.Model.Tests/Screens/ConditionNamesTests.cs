using ScFm.Model.Screens;

namespace ScFm.Model.Tests.Screens;

/// <summary>The spellings of published screens.</summary>
public sealed class ConditionNamesTests
{
    private static readonly ConditionNames Names = new([.. LabelledCounts.Genes, "HLA-A", "NT5E", "CTL1"], ["DrugA", "DrugA_MYC", "IFN_beta"], ["my own"]);

    [Theory]
    [InlineData("ctrl")]
    [InlineData("CTRL")]
    [InlineData("control")]
    [InlineData("non-targeting")]
    [InlineData("Non Targeting_00123")]
    [InlineData("NT")]
    [InlineData("NT1")]
    [InlineData("NegCtrl0")]
    [InlineData("vehicle (DMSO)")]
    [InlineData("ctrl+ctrl")]
    [InlineData("NegCtrl0_NegCtrl0")]
    [InlineData("safe-targeting")]
    [InlineData("my own")]
    public void A_control_is_recognised(string label) => Assert.True(Names.Of(label).IsControl);

    [Theory]
    [InlineData("CEBPE", "CEBPE")]
    [InlineData("CEBPE+ctrl", "CEBPE")]
    [InlineData("ctrl+CEBPE", "CEBPE")]
    [InlineData("CEBPE_NegCtrl0", "CEBPE")]
    [InlineData("ETS2+CEBPE", "CEBPE+ETS2")]
    [InlineData("CEBPE_ETS2", "CEBPE+ETS2")]
    [InlineData("CEBPE,ETS2", "CEBPE+ETS2")]
    [InlineData("CEBPE; ETS2|KLF1", "CEBPE+ETS2+KLF1")]
    [InlineData("CEBPE & CEBPE", "CEBPE")]
    [InlineData("HLA-A", "HLA-A")]
    [InlineData("NT5E", "NT5E")]
    [InlineData("CTL1", "CTL1")]
    [InlineData("NT-3", "NT-3")]
    [InlineData("NT-4", "NT-4")]
    [InlineData("IFN_beta", "IFN_beta")]
    [InlineData("DrugA_MYC", "DrugA+MYC")]
    [InlineData("1,25-dihydroxyvitamin D3", "1,25-dihydroxyvitamin D3")]
    public void Targets_are_read_whatever_joins_them(string label, string condition) => Assert.Equal(condition, Names.Of(label).ToString());

    [Fact]
    public void A_label_that_names_nothing_is_refused() => Assert.Contains("' + ' names nothing", Assert.Throws<ArgumentException>(() => Names.Of(" + ")).Message, StringComparison.Ordinal);
}
