using System.Globalization;
using ScFm.Model.Cells;
using ScFm.Model.Models.ScBert;
using ScFm.Model.Tasks.Annotation.Annotators;
using ScFm.Model.Tests.Cells;
using ScFm.Model.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Models.ScBert;

/// <summary>Checkpoints as the reference's training writes them, by PyTorch itself.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class ScBertPublishedTests
{
    // what the reference's scripts save: the state beside an epoch and an optimizer's, or of several processors, or that of a fine-tuned model
    private const string Script = """
        import json, struct
        try:
            import torch
        except ImportError:
            print('no torch'); raise SystemExit
        with open(FIXTURE, 'rb') as file:
            header = json.loads(file.read(struct.unpack('<Q', file.read(8))[0]))
            data = file.read()
        types = dict(F32=np.float32, F64=np.float64, I64=np.int64)
        def part(prefix):
            return {name[len(prefix):]: torch.tensor(np.frombuffer(data[slice(*entry['data_offsets'])], types[entry['dtype']]).reshape(entry['shape']).copy())
                    for name, entry in header.items() if name.startswith(prefix)}
        state = part('state.')
        torch.save(dict(epoch=3, model_state_dict=state, optimizer_state_dict=dict(state={}, param_groups=[]), losses=0.5), FOLDER + '/pretrained.pth')
        torch.save(dict(model_state_dict={'module.' + name: value for name, value in state.items() if name != 'pos_emb.emb.weight'}), FOLDER + '/no_vectors.pth')
        body = {name: value for name, value in state.items() if not name.startswith('to_out.')}
        def finetuned(name, head):
            torch.save(dict(model_state_dict={**body, **{'to_out.' + name: value for name, value in head.items()}}), FOLDER + name)
        finetuned('/narrow.pth', part('head.'))
        torch.manual_seed(1)
        conv = torch.nn.Conv2d(1, 1, (1, 16))
        layers = dict(fc1=torch.nn.Linear(49, 512), fc2=torch.nn.Linear(512, 128), fc3=torch.nn.Linear(128, 5))
        finetuned('/finetuned.pth', {f'{name}.{key}': value for name, layer in dict(conv1=conv, **layers).items() for key, value in layer.state_dict().items()})
        x = torch.relu(conv(torch.tensor(part('eval.')['encodings']).unsqueeze(1))).flatten(1)
        x = layers['fc3'](torch.relu(layers['fc2'](torch.relu(layers['fc1'](x)))))
        print(' '.join(repr(value) for value in x.detach().flatten().tolist()))
        """;

    [Fact]
    public void A_pretrained_checkpoint_gives_the_reference_s_states()
    {
        using var folder = new TemporaryFolder();
        Write(folder);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var golden = new ScBertCase();
        var model = ScBertModel.OpenPublished(folder.File("pretrained.pth"), golden.Genes);
        Assert.Equal(golden.Config with { Compat = Compat.Sensible }, model.Config);
        var expected = new ScBertCase(Compat.Sensible).Module.Encode(BinBatch.Pack(golden.Tokens, golden.Genes.Count));
        Assert.Equal(0, Golden.LargestDifference(expected, model.Module.Encode(BinBatch.Pack(golden.Tokens, golden.Genes.Count))));

        var without = ScBertModel.OpenPublished(folder.File("no_vectors.pth"), golden.Genes);
        Assert.Equal(GeneVectorKind.None, without.Config.GeneVectors);
        Assert.Equal(0, without.Module.GeneVectors.abs().max().item<float>());
        var wrong = Assert.Throws<InvalidDataException>(() => ScBertModel.OpenPublished(folder.File("pretrained.pth"), new GeneVocabulary(["A", "B"])));
        Assert.Contains("has 48 genes; expected 2", wrong.Message);
    }

    [Fact]
    public void A_fine_tuned_checkpoint_gives_the_logits_of_PyTorch_and_one_of_other_widths_is_refused_with_what_differs()
    {
        using var folder = new TemporaryFolder();
        var expected = Write(folder).Split(' ').Select(number => float.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var golden = new ScBertCase();
        string[] types = ["a", "b", "c", "d", "e"];
        using var classifier = ScBertClassifier.OpenPublished(folder.File("finetuned.pth"), golden.Genes, types);
        Assert.Equal(types, classifier.Types);
        Assert.True(Golden.LargestDifference(classifier.Module.Head.call(golden.Golden["eval.encodings"]), tensor(expected).view(-1, 5)) < 2e-5);
        Assert.Equal((4, 5), (classifier.Probabilities(golden.Cells()).Rows, classifier.Probabilities(golden.Cells()).Columns));

        var error = Assert.Throws<InvalidDataException>(() => ScBertClassifier.OpenPublished(folder.File("narrow.pth"), golden.Genes, types));
        Assert.Contains("to_out.fc2.weight is [16, 512], expected [128, 512]", error.Message);
    }

    /// <summary>Writes the files; gives what the head of the fine-tuned one makes of the fixture's states.</summary>
    private static string Write(TemporaryFolder folder)
    {
        var paths = $"FIXTURE = r'{Path.ChangeExtension(TestFolders.Fixture(ScBertCase.Name + ".json"), ".safetensors")}'\nFOLDER = r'{Path.GetDirectoryName(folder.File("x"))}'\n";
        var printed = Peer.Run(paths + Script).Trim();
        Assert.SkipWhen(printed == "no torch", "Python has no torch, which writes the checkpoints.");
        return printed;
    }
}
