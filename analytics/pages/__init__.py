"""The pages, each read from top to bottom. The only room that knows Streamlit."""
