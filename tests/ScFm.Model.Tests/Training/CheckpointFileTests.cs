using ScFm.Model.Files;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Training;

/// <summary>A checkpoint that is damaged or of another run is named in one sentence and left as it is.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class CheckpointFileTests
{
    [Fact]
    public void Other_options_other_sizes_other_cells_and_other_masks_are_told_apart()
    {
        using var folder = new TemporaryFolder();
        var (small, checkpoint) = (new SmallRun(), folder.File("run.safetensors"));
        small.TrainUntil(3, checkpoint);
        var before = File.ReadAllBytes(checkpoint);

        string Refused(SmallRun other) => Assert.Throws<InvalidDataException>(() => other.Train(checkpoint)).Message;
        Assert.StartsWith($"'{checkpoint}' was written with other training options, {{\"Epochs\":3", Refused(small with { Options = small.Options with { Epochs = 4 } }));
        var sizes = Refused(small with { Width = 32 });
        Assert.StartsWith($"'{checkpoint}' is a checkpoint of another model: ", sizes);
        Assert.Contains("token_emb.emb.weight is [8, 16], expected [8, 32]", sizes);
        Assert.Contains("decoder.blocks.1.w1.weight is missing", Refused(small with { DecoderDepth = 2 }));
        Assert.StartsWith($"'{checkpoint}' is a checkpoint of another run, of 43 and 12 cells of 120 genes (", Refused(small with { FirstCell = 1 }));
        Assert.Contains("MaskedExpressed = 0.5", Refused(small with { ReadDepth = small.ReadDepth with { MaskedExpressed = 0.5 } }));
        Assert.Equal(before, File.ReadAllBytes(checkpoint));
    }

    [Fact]
    public void A_truncated_checkpoint_and_files_of_another_kind_are_named()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var (small, checkpoint) = (new SmallRun(), folder.File("run.safetensors"));
        small.TrainUntil(2, checkpoint);

        var cut = folder.File("cut.safetensors");
        File.WriteAllBytes(cut, File.ReadAllBytes(checkpoint)[..^1000]);
        Assert.StartsWith($"'{cut}' is not a whole safetensors file: ", Assert.Throws<InvalidDataException>(() => small.Train(cut)).Message);

        var weights = folder.File("weights.safetensors");
        Safetensors.Write(weights, new Dictionary<string, Tensor> { ["a"] = ones(3) });
        Assert.Equal($"'{weights}' holds no training state; expected a checkpoint that a training run wrote.",
            Assert.Throws<InvalidDataException>(() => small.Train(weights)).Message);

        var (tensors, metadata) = Safetensors.Read(checkpoint);
        var mangled = folder.File("mangled.safetensors");
        Safetensors.Write(mangled, tensors, new Dictionary<string, string>(metadata) { ["training"] = "{\"Step\": \"soon\"}" });
        Assert.StartsWith($"'{mangled}' holds a TrainingState that cannot be read (", Assert.Throws<InvalidDataException>(() => small.Train(mangled)).Message);
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_written_does_not_damage_the_one_before()
    {
        using var folder = new TemporaryFolder();
        var checkpoint = folder.File("run.safetensors");
        new SmallRun().TrainUntil(3, checkpoint);
        var before = File.ReadAllBytes(checkpoint);
        // a full disk: the write fails half-way
        Assert.Throws<IOException>(() => AtomicFile.Write(checkpoint, stream =>
        {
            stream.Write(new byte[100_000]);
            stream.Flush();
            throw new IOException("No space left on device");
        }));
        Assert.Equal(before, File.ReadAllBytes(checkpoint));
        Assert.Equal([checkpoint], Directory.GetFiles(folder.Path));
        Assert.Equal(4, new SmallRun().TrainUntil(4, checkpoint).Run.Steps);
    }
}
