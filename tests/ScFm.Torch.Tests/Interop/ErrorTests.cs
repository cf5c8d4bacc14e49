namespace ScFm.Torch.Tests.Interop;

public sealed class ErrorTests
{
    [Fact]
    public void Shapes_that_do_not_fit_raise_an_exception_with_libtorchs_message()
    {
        using var a = zeros(2, 3);
        using var b = zeros(4, 5);
        var error = Assert.Throws<ExternalException>(() => a.mm(b));
        Assert.Contains("2x3 and 4x5", error.Message);
    }

    [Fact]
    public void An_in_place_error_is_raised_too_and_the_next_call_works()
    {
        using var a = zeros(2);
        using var b = ones(3);
        Assert.Throws<ExternalException>(() => a.add_(b));
        using var c = a + 1;
        c.ShouldBe([1, 1]);
    }

    [Fact]
    public void An_index_out_of_range_names_the_index()
    {
        using var a = zeros(3);
        var error = Assert.Throws<ExternalException>(() => a[7]);
        Assert.Contains("7", error.Message);
    }

    [Fact]
    public void A_disposed_tensor_is_refused()
    {
        var a = zeros(2);
        a.Dispose();
        Assert.Throws<InvalidOperationException>(() => a + 1);
        a.Dispose();
        Assert.True(a.IsInvalid);
    }

    [Fact]
    public void A_null_tensor_is_refused_without_a_crash()
    {
        using var a = zeros(2);
        Assert.ThrowsAny<Exception>(() => a.add((Tensor)null!));
        Assert.ThrowsAny<Exception>(() => cat([a, null!]));
    }

    [Fact]
    public void Backward_of_what_needs_no_gradient_is_an_exception()
    {
        using var a = ones(1);
        Assert.Throws<ExternalException>(() => a.backward());
    }

    [Fact]
    public void An_error_inside_a_differentiated_backward_is_an_exception()
    {
        using var x = tensor(new[] { 1f, 2f }, requires_grad: true);
        using var y = (x * x).sum();
        y.backward();
        Assert.Throws<ExternalException>(() => y.backward());
        using var z = (x * x).sum();
        using var unused = ones(1).requires_grad_();
        Assert.Throws<ExternalException>(() => autograd.grad([z], [unused], create_graph: true, retain_graph: true));
    }

    [Fact]
    public void Memory_that_cannot_be_had_is_an_exception()
    {
        var error = Assert.Throws<ExternalException>(() => zeros(1L << 40));
        Assert.Contains("allocate", error.Message);
    }

    [Fact]
    public void Errors_on_several_threads_do_not_mix()
    {
        Parallel.For(0, 8, i =>
        {
            for (var n = 0; n < 50; n++)
            {
                using var a = zeros(i + 2);
                using var b = zeros(i + 20);
                var error = Assert.Throws<ExternalException>(() => a + b);
                Assert.Contains($"({i + 2})", error.Message);
                Assert.Contains($"({i + 20})", error.Message);
            }
        });
    }

    [Fact]
    public void An_element_type_that_does_not_match_is_refused()
    {
        using var a = zeros(2);
        Assert.Throws<ArgumentException>(() => a.data<double>());
        using var b = tensor(3L);
        Assert.Throws<ArgumentException>(() => b.item<float>());
    }

    [Fact]
    public void Cuda_that_is_absent_is_named()
    {
        if (cuda.is_available()) Assert.Skip("this machine has CUDA");
        Assert.Contains("CUDA", Assert.Throws<InvalidOperationException>(() => zeros(2, device: new Device("cuda"))).Message);
        Assert.Throws<ArgumentException>(() => new Device("gpu:0"));
    }
}
