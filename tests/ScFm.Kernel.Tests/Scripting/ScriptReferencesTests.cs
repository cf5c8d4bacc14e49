using ScFm.Kernel.Scripting;

namespace ScFm.Kernel.Tests.Scripting;

public sealed class ScriptReferencesTests
{
    [Fact]
    public void What_the_kernel_carries_for_itself_is_seen_once_it_is_asked_for_and_its_functions_stay_one()
    {
        var references = new ScriptReferences();
        var engine = new ScriptEngine(references);
        engine.Prepare("1 + 1", "first");
        Assert.Throws<CellCompilationException>(() => engine.Prepare("new System.CommandLine.RootCommand().Name", "hidden"));
        references.Add(Path.Combine(AppContext.BaseDirectory, "System.CommandLine.dll"));
        engine.Prepare("new System.CommandLine.RootCommand().Name", "asked for");
        engine.Prepare("display(HTML(\"<b>x</b>\"));", "function");
    }
}
