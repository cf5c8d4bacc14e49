using ScFm.Model.Cells;
using ScFm.Model.Corpora;

namespace ScFm.Model.Tests.Corpora;

public sealed class HeldOutTypesTests
{
    [Theory]
    [InlineData("pbmc3k", 480 + 162, 344)]
    [InlineData("pbmc-facs", 163, 767)]
    [InlineData("kang-ifnb", 400 + 249, 298)]
    public void All_monocytes_and_all_B_cells_of_real_blood_are_held_out_whatever_they_are_called(string name, int monocytes, int bCells)
    {
        var corpus = Corpus.Open(TestFolders.Real(name));
        Assert.Equal(monocytes, corpus.HoldOut("cell_type", HeldOutTypes.Monocytes).HeldOut!.CellCount);
        Assert.Equal(bCells, corpus.HoldOut("cell_type", HeldOutTypes.BCells).HeldOut!.CellCount);
    }

    [Fact]
    public void A_column_without_the_type_is_refused()
    {
        var corpus = Corpus.Of(SmallCells.Of(4, ["A"], SmallCells.Types(4, "alpha", "beta")));
        var error = Assert.Throws<ArgumentException>(() => corpus.HoldOut("cell_type", HeldOutTypes.Monocytes));
        Assert.StartsWith("The column 'cell_type' has no monocytes among alpha, beta; expected a label such as monocyte", error.Message);
    }

    [Fact]
    public void Upper_and_lower_case_are_the_same()
    {
        var corpus = Corpus.Of(SmallCells.Of(4, ["A"], SmallCells.Types(4, "Classical Monocyte", "T")));
        Assert.Equal(2, corpus.HoldOut("cell_type", HeldOutTypes.Monocytes).CellCount);
    }
}
