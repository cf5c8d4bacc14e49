using System.IO.Compression;
using ScFm.Simulate;

namespace ScFm.Model.Tests.Cells;

public sealed class SampleDataTests
{
    [Fact]
    public void The_simulator_makes_the_committed_files_again()
    {
        using var folder = new TemporaryFolder();
        var simulation = new Simulation(Simulation.DefaultSeed);
        var cells = simulation.Draw();

        TenxFolder.Write(folder.Path, simulation.GeneNames, cells);

        foreach (var name in (string[])["matrix.mtx.gz", "features.tsv.gz", "barcodes.tsv.gz", "cells.tsv"])
        {
            Assert.True(Content(folder.File(name)).AsSpan().SequenceEqual(Content(Path.Combine(TestFolders.Sample, name))), $"{name} differs from the committed file");
        }
    }

    [Fact]
    public void Another_seed_makes_other_cells() =>
        Assert.NotEqual(new Simulation(1).Draw()[0].Counts, new Simulation(2).Draw()[0].Counts);

    [Fact]
    public void The_sample_is_smaller_than_two_million_bytes() =>
        Assert.InRange(Directory.GetFiles(TestFolders.Sample).Sum(file => new FileInfo(file).Length), 1, 2_000_000);

    private static byte[] Content(string path)
    {
        using var file = File.OpenRead(path);
        using var content = new MemoryStream();
        if (path.EndsWith(".gz", StringComparison.Ordinal))
        {
            using var gzip = new GZipStream(file, CompressionMode.Decompress);
            gzip.CopyTo(content);
        }
        else
        {
            file.CopyTo(content);
        }
        return content.ToArray();
    }
}
