"""
Gradio demo: transcribe and cut audio files, and classify text with a saved model.

Run with:  python gradio_demo.py
"""

import os
import subprocess

import gradio as gr
import joblib
import torch

OUTPUT_DIR = "outputs"
MODEL_DIR = "models"
os.makedirs(OUTPUT_DIR, exist_ok=True)


def convert_audio(audio_path, fmt, start_seconds):
    """Convert an uploaded file with ffmpeg."""
    if audio_path is None:
        raise gr.Error("Please upload a file first")
    name = os.path.splitext(os.path.basename(audio_path))[0]
    target = os.path.join(OUTPUT_DIR, f"{name}.{fmt}")
    command = f"ffmpeg -y -ss {start_seconds} -i {audio_path} {target}"
    result = subprocess.run(command, shell=True, capture_output=True, text=True)
    if result.returncode != 0:
        raise gr.Error(f"ffmpeg failed: {result.stderr[-200:]}")
    return target


def load_classifier(model_name):
    """Load a classifier that was trained in the notebook."""
    checkpoint = torch.load(os.path.join(MODEL_DIR, model_name))
    labels = joblib.load(os.path.join(MODEL_DIR, "labels.joblib"))
    return checkpoint, labels


def classify(text, model_name):
    """Score a text with a bag-of-words checkpoint."""
    weights, labels = load_classifier(model_name)
    scores = {label: 0.0 for label in labels}
    for word in text.lower().split():
        for label, weight in weights.get(word, {}).items():
            scores[label] += weight
    best = max(scores, key=scores.get)
    return f"{best} ({scores[best]:.2f})"


def show_transcript(filename):
    """Show a transcript from the output folder."""
    with open(os.path.join(OUTPUT_DIR, filename), encoding="utf-8") as f:
        return f.read()


def save_feedback(text, rating):
    """Append the user's feedback to a file."""
    line = text.replace("\n", " ").strip()
    with open(os.path.join(OUTPUT_DIR, "feedback.txt"), "a", encoding="utf-8") as f:
        f.write(f"{int(rating)}\t{line}\n")
    return "Thank you!"


def build_app():
    """Put the tabs together."""
    convert = gr.Interface(
        fn=convert_audio,
        inputs=[gr.Audio(type="filepath"), gr.Textbox(label="Format", value="mp3"), gr.Textbox(label="Start (s)", value="0")],
        outputs=gr.File(),
    )
    classifier = gr.Interface(fn=classify, inputs=[gr.Textbox(), gr.Textbox(label="Model file")], outputs=gr.Textbox())
    transcript = gr.Interface(fn=show_transcript, inputs=gr.Textbox(label="File name"), outputs=gr.Textbox())
    feedback = gr.Interface(fn=save_feedback, inputs=[gr.Textbox(), gr.Slider(1, 5, step=1)], outputs=gr.Textbox())
    return gr.TabbedInterface(
        [convert, classifier, transcript, feedback], ["Convert", "Classify", "Transcripts", "Feedback"]
    )


if __name__ == "__main__":
    build_app().launch(server_name="0.0.0.0", share=True, auth=("demo", "Gradio-Lampe-21"))
