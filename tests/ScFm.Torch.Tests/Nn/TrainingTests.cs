namespace ScFm.Torch.Tests.Nn;

public sealed class TrainingTests
{
    private sealed class Block : Module<Tensor, Tensor>
    {
        private readonly LayerNorm norm1, norm2;
        private readonly Linear qkv, project;
        private readonly Sequential mlp;
        private readonly long heads;

        public Block(long width, long heads) : base(nameof(Block))
        {
            this.heads = heads;
            norm1 = LayerNorm(width);
            norm2 = LayerNorm(width);
            qkv = Linear(width, 3 * width);
            project = Linear(width, width);
            mlp = Sequential(("up", Linear(width, 4 * width)), ("act", GELU()), ("down", Linear(4 * width, width)));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            var (b, n, d) = (input.size(0), input.size(1), input.size(2));
            var parts = qkv.call(norm1.call(input)).view(b, n, 3, heads, d / heads).permute(2, 0, 3, 1, 4).unbind(0);
            var attended = functional.scaled_dot_product_attention(parts[0], parts[1], parts[2]).transpose(1, 2).reshape(b, n, d);
            var x = input + project.call(attended);
            return (x + mlp.call(norm2.call(x))).MoveToOuterDisposeScope();
        }
    }

    private sealed class Tiny : Module<Tensor, Tensor>
    {
        private readonly Embedding embed;
        private readonly ModuleList<Block> blocks;
        private readonly Linear head;

        public Tiny() : base(nameof(Tiny))
        {
            embed = Embedding(11, 16);
            blocks = ModuleList(new Block(16, 4), new Block(16, 4));
            head = Linear(16, 11);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            var x = embed.call(input);
            foreach (var block in blocks) x = block.call(x);
            return head.call(x).MoveToOuterDisposeScope();
        }
    }

    [Fact]
    public void A_small_transformer_learns_to_copy()
    {
        manual_seed(1);
        using var model = new Tiny();
        using var optimizer = optim.AdamW(model.parameters(), lr: 3e-3);
        double first = 0, last = 0;
        for (var step = 0; step < 60; step++)
        {
            using var scope = NewDisposeScope();
            var tokens = randint(11, [8, 12]);
            optimizer.zero_grad();
            var loss = functional.cross_entropy(model.call(tokens).view(-1, 11), tokens.view(-1));
            loss.backward();
            nn.utils.clip_grad_norm_(model.parameters(), 1.0);
            optimizer.step();
            last = loss.ToDouble();
            if (step == 0) first = last;
        }

        // Guessing costs log(11) = 2.4.
        Assert.InRange(first, 1.8, 3.5);
        Assert.True(last < 0.2, $"the loss is still {last}");
    }

    [Fact]
    public void State_dict_keys_are_field_names_and_positions()
    {
        using var model = new Tiny();
        var keys = model.state_dict().Keys.ToArray();
        Assert.Contains("embed.weight", keys);
        Assert.Contains("blocks.1.mlp.down.bias", keys);
        Assert.Contains("blocks.0.norm1.weight", keys);
        Assert.Contains("head.bias", keys);
        Assert.Equal(1 + 2 * 12 + 2, keys.Length);
    }
}
